import {type Prose, type Table, type TextBlock, joined, type Message, type Text, numbersMessage} from '@ep23/sdk'

import type {DatasetPolicy} from './dataset-policy.js'
import type {OriginCounts} from '../domain/document-values.js'
import type {SeedWindow} from '../domain/day-window.js'
import {type SharedPosts, sharedInWords} from './shared-posts.js'
import {message, type Words} from '../words/words.js'

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
  detail: Message
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

/** A digest in Russian has names and code in Latin letters, yet four letters of five are Cyrillic. */
const LEAST_CYRILLIC_SHARE = 0.8

/** A day or two of quotations make no foreign channel. */
const MOST_FOREIGN_DIGESTS = 0.2

type Rule = (audit: ChannelAudit, policy: DatasetPolicy) => Message | undefined

const rules: Readonly<Record<Exclude<AuditFinding['rule'], 'channels' | 'shared_posts'>, Rule>> = {
  minimum: ({digests}, {minimum}) =>
    digests.total < minimum ? message('tooFewDigests', {digests: digests.total, minimum}) : undefined,
  days: ({days_without_digest: days}, {minimum}) =>
    days.length > 0 && minimum > 0 ? message('noDigestOn', {days: days.length, few: few(days)}) : undefined,
  reviews: ({digests_without_review: ids}) =>
    ids.length > 0 ? message('withoutReview', {digests: ids.length, few: few(ids)}) : undefined,
  schema: ({invalid}) =>
    Object.keys(invalid).length > 0 ? few(Object.entries(invalid).map(([rule, n]) => `${rule} (${n})`)) : undefined,
  duplicates: ({duplicates}) =>
    duplicates.length > 0 ? message('sameText', {few: few(duplicates.map(ids => ids.join(' = ')))}) : undefined,
  language: ({cyrillic_share: share, languages}) => {
    const told = Object.values(languages).reduce<number>((sum, digests) => sum + (digests ?? 0), 0)
    const foreign = told - (languages['ru'] ?? 0)
    if (foreign > told * MOST_FOREIGN_DIGESTS)
      return message('digestsNotRussian', {foreign, told, languages: foreignOf(languages)})
    return share !== null && share < LEAST_CYRILLIC_SHARE
      ? message('lowCyrillic', {
          share: numbersMessage(share.toFixed(2)),
          least: numbersMessage(String(LEAST_CYRILLIC_SHARE)),
        })
      : undefined
  },
  team: ({team_rule: rule}) => {
    const breaches = [rule?.digests, rule?.review_reports].flatMap(audit => Object.entries(audit?.breaches ?? {}))
    return breaches.length > 0
      ? few(breaches.map(([breach, {count, ids}]) => joined([`${breach}: ${count} (`, few(ids), ')'], '')))
      : undefined
  },
}

/** Reposts are news of both channels; beyond this share of the smaller one the two are no independent evidence. */
const MOST_SHARED = 0.2

/** Every way in which the channels are below the policy, and what to know of them; without a `fail` the dataset may be used. */
export function auditFindings(
  channels: readonly ChannelAudit[],
  shared: readonly SharedPosts[],
  policy: DatasetPolicy,
): AuditFinding[] {
  const detail = message('theRequired', {channels: channels.length, required: policy.channels})
  return [
    ...(channels.length === policy.channels ? [] : [{rule: 'channels', level: 'fail', channel: null, detail} as const]),
    ...channels.flatMap(audit => channelFindings(audit, policy)),
    ...shared.map(sharedFinding),
  ]
}

function sharedFinding(shared: SharedPosts): AuditFinding {
  const level = shared.share > MOST_SHARED ? 'fail' : 'warn'
  return {rule: 'shared_posts', level, channel: null, detail: sharedInWords(shared)}
}

function channelFindings(audit: ChannelAudit, policy: DatasetPolicy): AuditFinding[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const detail = check(audit, policy)
    return detail === undefined
      ? []
      : [{rule: rule as AuditFinding['rule'], level: 'fail', channel: audit.channel, detail}]
  })
}

function foreignOf(languages: ChannelAudit['languages']): Message {
  const others = Object.entries(languages).filter(([language]) => language !== 'ru')
  return few(others.map(([language, digests]) => `${language} (${digests})`))
}

function few(items: readonly Text[]): Message {
  const shown = joined(items.slice(0, 5))
  return items.length > 5 ? message('andMore', {shown, more: items.length - 5}) : shown
}

/** The audit for a terminal: the verdict, what is wrong, then the channels. */
export function renderAudit({window, channels, findings, verdict}: AuditReport, words: Words): TextBlock[] {
  const failed = findings.filter(({level}) => level === 'fail').length
  return [
    verdict === 'pass'
      ? {text: words.meetsPolicy, tone: 'good'}
      : {text: words.belowPolicy({findings: failed}), tone: 'bad'},
    ...findings.map(renderFinding),
    '',
    `${window.from} … ${window.to} (${words.days({days: window.days})}, ${window.time_zone})`,
    channelTable(channels, words),
    ...channels.flatMap(renderNotes),
  ]
}

function renderFinding({rule, level, channel, detail}: AuditFinding): Prose {
  const place = `  ${level === 'fail' ? '✖' : '!'} ${rule}${channel === null ? '' : ` ${channel}`}`
  const text = joined([place, detail], ': ')
  return {text, tone: level === 'fail' ? 'bad' : 'warning'}
}

function channelTable(channels: readonly ChannelAudit[], words: Words): Table {
  const [first = '', ...numbers] = words.auditColumns.split('|')
  return {
    columns: [{title: first, kind: 'name'}, ...numbers.map(title => ({title, kind: 'number'}) as const)],
    rows: channels.map(({channel, digests, review_reports: reviews, cyrillic_share: share}) => [
      channel,
      ...[digests.total, digests.telegram, digests.synthetic, digests.team, reviews.total].map(String),
      share === null ? '-' : share.toFixed(2),
    ]),
  }
}

function renderNotes({channel, not_measured, team_rule: rule}: ChannelAudit): Prose[] {
  const notes = [
    ...Object.entries(not_measured).map(([reason, count]) =>
      message('timesNotMeasured', {count, reason: reason.replace('_', ' ')}),
    ),
    ...(rule
      ? [message('byTeamRule', {kept: rule.digests.checked - rule.digests.broken, checked: rule.digests.checked})]
      : []),
  ]
  return notes.length > 0 ? [{text: joined([channel, joined(notes)], ': ')}] : []
}
