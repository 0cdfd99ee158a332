import {englishOf, type Text} from '@ep23/sdk'

import {createHash} from 'node:crypto'

import type {ChannelAudit, OriginTotals, TeamRuleAudit} from './audit-report.js'
import {dayOf, type DayWindow} from '../domain/day-window.js'
import {outlineOf} from '../domain/digest-outline.js'
import type {Digest} from '../domain/digest.js'
import {noOrigins, ORIGINS, type Origin} from '../domain/document-values.js'
import type {ReviewReport} from '../domain/review-report.js'
import {cyrillicShare, type LanguageHint, languageHint, stripMarkup} from '../text/index.js'
import type {StoredEntry} from './read-document.js'
import type {DocumentValidators} from './validate-documents.js'
import {fieldsIn, type Fields} from '../domain/team-fields.js'

type FieldProblems = readonly {pointer: string; message: Text}[]

const none = (): OriginTotals => ({...noOrigins(), total: 0})

/** Counts one channel's documents as they stream by; keeps ids and hashes, never texts. */
export class ChannelTally {
  private readonly digests = none()
  private readonly reviews = none()
  private readonly invalid: Record<string, number> = {}
  private readonly notMeasured: Record<string, number> = {}
  private readonly unreviewed = new Map<string, string>()
  private readonly days = new Set<string>()
  private readonly reviewed = new Set<string>()
  private readonly idsByText = new Map<string, string[]>()
  private readonly shares: number[] = []
  private readonly teamRule: {digests: TeamRuleTally; review_reports: TeamRuleTally} | undefined
  private readonly languages: Partial<Record<LanguageHint, number>> = {}
  private latencyMeasured = 0

  /** @param since given when the team's own rule is to be checked: the beginning of what its script counts */
  constructor(
    private readonly channel: string,
    private readonly window: DayWindow,
    private readonly validators: DocumentValidators,
    since?: Date,
  ) {
    this.teamRule = since && {digests: new TeamRuleTally(since), review_reports: new TeamRuleTally(since)}
  }

  addDigest(entry: StoredEntry<Digest>): void {
    const {document: digest} = entry
    const {digest_id: id, created_at: createdAt, summary_markdown: summary} = digest
    countOrigin(this.digests, digest.metadata?.origin)
    const isSound = this.countProblems('digest', entry, this.validators.digest)
    const day = dayOf(createdAt, this.window.zone)
    this.days.add(day)
    // The team's reports have ids of their own: the day tells which digest they review.
    this.unreviewed.set(digest.metadata?.origin === 'team' ? `team ${day}` : id, id)
    if (typeof summary !== 'string') return
    const hash = createHash('sha256').update(summary).digest('base64')
    this.idsByText.set(hash, [...(this.idsByText.get(hash) ?? []), id])
    this.shares.push(cyrillicShare(stripMarkup(summary).text))
    const language = languageOf(summary)
    this.languages[language] = (this.languages[language] ?? 0) + 1
    if (typeof digest.latency_seconds === 'number') this.latencyMeasured += 1
    if (isSound) this.teamRule?.digests.add(id, createdAt, teamDigestBreaches(digest, entry.stored))
  }

  addReview(entry: StoredEntry<ReviewReport>): void {
    const {document: review} = entry
    const origin = review.report?.metadata?.origin
    countOrigin(this.reviews, origin)
    const isSound = this.countProblems('review', entry, this.validators.reviewReport)
    this.reviewed.add(origin === 'team' ? `team ${dayOf(review.created_at, this.window.zone)}` : review.report_id)
    if (isSound)
      this.teamRule?.review_reports.add(review.report_id, review.created_at, teamReviewBreaches(review, entry.stored))
  }

  report(): ChannelAudit {
    return {
      channel: this.channel,
      digests: this.digests,
      review_reports: this.reviews,
      days_without_digest: this.window.days.filter(day => !this.days.has(day)),
      digests_without_review: [...this.unreviewed].filter(([key]) => !this.reviewed.has(key)).map(([, id]) => id),
      invalid: this.invalid,
      duplicates: [...this.idsByText.values()].filter(ids => ids.length > 1),
      cyrillic_share:
        this.shares.length === 0 ? null : this.shares.reduce((sum, share) => sum + share, 0) / this.shares.length,
      languages: this.languages,
      latency_measured: this.latencyMeasured,
      not_measured: this.notMeasured,
      ...(this.teamRule && {
        team_rule: {digests: this.teamRule.digests.report(), review_reports: this.teamRule.review_reports.report()},
      }),
    }
  }

  private countProblems<T>(
    kind: string,
    {document, problems, dropped}: StoredEntry<T>,
    validate: (document: unknown) => FieldProblems,
  ): boolean {
    for (const reason of dropped) this.notMeasured[reason] = (this.notMeasured[reason] ?? 0) + 1
    const found = problems.length > 0 ? problems : validate(document)
    for (const {pointer, message} of found) {
      const problem = `${kind} ${pointer.replaceAll(/\/\d+/gu, '/*')}: ${englishOf(message)}`
      this.invalid[problem] = (this.invalid[problem] ?? 0) + 1
    }
    return found.length === 0
  }
}

// Of what is told: the heading that ep23 writes is Russian whatever the posts are.
function languageOf(markdown: string): LanguageHint {
  const {bullets, prose} = outlineOf(markdown)
  return languageHint(bullets.length > 0 ? bullets.map(({text}) => text).join('\n') : prose)
}

function countOrigin(totals: OriginTotals, origin: Origin | undefined): void {
  totals.total += 1
  if (ORIGINS.includes(origin as Origin)) totals[origin as Origin] += 1
}

const SHOWN_IDS = 20

/** Adds up what the team's own rule says of one channel's documents. */
class TeamRuleTally {
  private readonly breaches = new Map<string, {count: number; ids: string[]}>()
  private checked = 0
  private broken = 0
  private recent = 0

  /** @param since what the team counts at all: documents that are not older */
  constructor(private readonly since: Date) {}

  add(id: string, createdAt: Date, breaches: readonly string[]): void {
    this.checked += 1
    if (createdAt >= this.since) this.recent += 1
    if (breaches.length > 0) this.broken += 1
    for (const breach of breaches) {
      const {count, ids} = this.breaches.get(breach) ?? {count: 0, ids: []}
      this.breaches.set(breach, {count: count + 1, ids: ids.length < SHOWN_IDS ? [...ids, id] : ids})
    }
  }

  report(): TeamRuleAudit {
    const breaches = Object.fromEntries([...this.breaches].sort(([, a], [, b]) => b.count - a.count))
    return {checked: this.checked, broken: this.broken, counted_by_team: this.recent, breaches}
  }
}

/** The fields that the team's counting script wants in a digest, under these very names. */
const DIGEST_FIELDS = ['summary_markdown', 'posts', 'feature_flags', 'latency_seconds', 'created_at'] as const
const LEAST_POSTS = 3
const CYRILLIC = /\p{Script=Cyrillic}/u

/** What the team's own rule has against a digest; each reason once. */
function teamDigestBreaches({summary_markdown, posts, latency_seconds}: Digest, stored: Fields): string[] {
  const absent = DIGEST_FIELDS.filter(field => stored[field] === undefined || stored[field] === null)
  return [
    ...absent.map(field => `no ${field}`),
    ...(posts.length < LEAST_POSTS ? [`fewer than ${LEAST_POSTS} posts`] : []),
    ...(CYRILLIC.test(summary_markdown) ? [] : ['a summary without Cyrillic letters']),
    ...(posts.every(({title = '', summary = '', text}) => CYRILLIC.test(`${title}${summary}${text}`))
      ? []
      : ['a post without Cyrillic letters']),
    ...(latency_seconds === 0 ? ['a latency of 0'] : []),
  ]
}

/** The same of a review report. */
function teamReviewBreaches({report: {synthesis, passes}}: ReviewReport, stored: Fields): string[] {
  const given = fieldsIn(stored['report'])
  return [
    ...(given['passes'] === undefined || passes.length === 0 ? ['no passes'] : []),
    ...(given['synthesis'] === undefined || synthesis.trim() === '' ? ['no synthesis'] : []),
  ]
}
