import {createHash} from 'node:crypto'

import type {ChannelAudit, OriginTotals} from '../../domain/audit/audit-report.js'
import {dayOf, type DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import type {Origin} from '../../domain/documents/origin.js'
import type {ReviewReport} from '../../domain/documents/review-report.js'
import {cyrillicShare, stripMarkup} from '../../text/index.js'
import type {DocumentValidators} from '../validate-documents.js'

const none = (): OriginTotals => ({telegram: 0, synthetic: 0, total: 0})

/** Counts one channel's documents as they stream by; keeps ids and hashes, never texts. */
export class ChannelTally {
  private readonly digests = none()
  private readonly reviews = none()
  private readonly invalid: Record<string, number> = {}
  private readonly idsByDay = new Map<string, string>()
  private readonly reviewIds = new Set<string>()
  private readonly idsByText = new Map<string, string[]>()
  private readonly shares: number[] = []
  private latencyMeasured = 0

  constructor(
    private readonly channel: string,
    private readonly window: DayWindow,
    private readonly validators: DocumentValidators,
  ) {}

  addDigest(digest: Digest): void {
    count(this.digests, digest.metadata?.origin)
    this.countProblems('digest', this.validators.digest(digest))
    this.idsByDay.set(dayOf(digest.created_at, this.window.zone), digest.digest_id)
    const hash = createHash('sha256').update(digest.summary_markdown).digest('base64')
    this.idsByText.set(hash, [...(this.idsByText.get(hash) ?? []), digest.digest_id])
    this.shares.push(cyrillicShare(stripMarkup(digest.summary_markdown).text))
    if (digest.latency_seconds !== undefined) this.latencyMeasured += 1
  }

  addReview(review: ReviewReport): void {
    count(this.reviews, review.report?.metadata?.origin)
    this.countProblems('review', this.validators.reviewReport(review))
    this.reviewIds.add(review.report_id)
  }

  report(): ChannelAudit {
    return {
      channel: this.channel,
      digests: this.digests,
      review_reports: this.reviews,
      days_without_digest: this.window.days.filter(day => !this.idsByDay.has(day)),
      digests_without_review: [...this.idsByDay.values()].filter(id => !this.reviewIds.has(id)),
      invalid: this.invalid,
      duplicates: [...this.idsByText.values()].filter(ids => ids.length > 1),
      cyrillic_share:
        this.shares.length === 0 ? null : this.shares.reduce((sum, share) => sum + share, 0) / this.shares.length,
      latency_measured: this.latencyMeasured,
    }
  }

  private countProblems(kind: string, problems: readonly {pointer: string; message: string}[]): void {
    for (const {pointer, message} of problems) {
      const problem = `${kind} ${pointer.replaceAll(/\/\d+/gu, '/*')}: ${message}`
      this.invalid[problem] = (this.invalid[problem] ?? 0) + 1
    }
  }
}

// A document without an origin counts in the total only: it is neither real nor synthetic as far as anyone knows.
function count(totals: OriginTotals, origin: Origin | undefined): void {
  totals.total += 1
  if (origin === 'telegram' || origin === 'synthetic') totals[origin] += 1
}
