import type {DatasetPolicy} from './dataset-policy.js'
import type {Origin} from '../documents/origin.js'
import type {SeedWindow} from '../seed-report.js'

export type OriginTotals = Record<Origin, number> & {total: number}

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
  latency_measured: number
}

/** One way in which the dataset is below its policy. */
export interface AuditFinding {
  rule: 'channels' | 'minimum' | 'days' | 'reviews' | 'schema' | 'duplicates' | 'language'
  channel: string | null
  detail: string
}

/** The `data` of `dataset:audit --json`, and `dataset_audit.json` of the evidence. */
export interface AuditReport {
  generated_at: string
  window: SeedWindow
  policy: DatasetPolicy
  channels: ChannelAudit[]
  findings: AuditFinding[]
  verdict: 'pass' | 'fail'
}
