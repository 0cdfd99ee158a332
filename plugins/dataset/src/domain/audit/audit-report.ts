import type {DatasetPolicy} from './dataset-policy.js'
import type {OriginCounts} from '../documents/origin.js'
import type {SeedWindow} from '../seed-report.js'
import type {SharedPosts} from '../shared-posts.js'

export type OriginTotals = OriginCounts & {total: number}

export interface ChannelAudit {
  channel: string
  digests: OriginTotals
  review_reports: OriginTotals
  days_without_digest: string[]
  digests_without_review: string[]
  /** Documents that break a rule of their schema, by `<kind> <JSON pointer>: <rule>`. */
  invalid: Record<string, number>
  /** Groups of digests with the same text. */
  duplicates: string[][]
  /** Mean share of Cyrillic letters over the digests that have letters; null when none was measured. */
  cyrillic_share: number | null
  /** Digests by the language of their bullets: a tag (`ru`, `uk`), `cyrillic` or `other`. */
  languages: Partial<Record<string, number>>
  latency_measured: number
  /** Values that stand in the team's documents and count as not measured, by reason. */
  not_measured: Record<string, number>
  /** With `--against team`. */
  team_rule?: {digests: TeamRuleAudit; review_reports: TeamRuleAudit}
}

/** What the team's own rule says of a channel's documents of one kind. */
export interface TeamRuleAudit {
  checked: number
  broken: number
  /** Of those checked: created within the last days, which is all that the team's script counts. */
  counted_by_team: number
  /** By what is broken; at most 20 ids each. */
  breaches: Record<string, {count: number; ids: string[]}>
}

/** One way in which the dataset is below its policy. */
export interface AuditFinding {
  rule: 'channels' | 'minimum' | 'days' | 'reviews' | 'schema' | 'duplicates' | 'language' | 'team' | 'shared_posts'
  /** Those of level `warn` are to be known when the numbers are read; the dataset meets its policy all the same. */
  level: 'fail' | 'warn'
  channel: string | null
  detail: string
}

/** The `data` of `dataset:audit --json`, and `dataset_audit.json` of the evidence. */
export interface AuditReport {
  generated_at: string
  window: SeedWindow
  policy: DatasetPolicy
  channels: ChannelAudit[]
  /** Posts that several channels have, by pair of channels, the largest count first. */
  shared_posts: SharedPosts[]
  findings: AuditFinding[]
  verdict: 'pass' | 'fail'
}
