import type {Clock, Store} from '@ep23/sdk'

import type {AuditReport, ChannelAudit} from '../domain/audit/audit-report.js'
import {auditFindings} from '../domain/audit/audit-rules.js'
import type {DatasetPolicy} from '../domain/audit/dataset-policy.js'
import type {DayWindow} from '../domain/day-window.js'
import type {Digest} from '../domain/documents/digest.js'
import type {ReviewReport} from '../domain/documents/review-report.js'
import {ChannelTally} from './audit/channel-tally.js'
import {reportWindow} from './seed/report-seed.js'
import type {DocumentValidators} from './validate-documents.js'

export interface AuditDeps {
  store: Store
  clock: Clock
  signal: AbortSignal
  validators: DocumentValidators
}

export interface AuditOptions {
  window: DayWindow
  policy: DatasetPolicy
  /** Only these; without it every channel that has a document in the window. */
  channels?: readonly string[]
}

/** Reads every document of the window once and holds the dataset against its policy. */
export async function auditDataset(
  {store, clock, signal, validators}: AuditDeps,
  options: AuditOptions,
): Promise<AuditReport> {
  const tallies = new Map(
    (options.channels ?? []).map(name => [name, new ChannelTally(name, options.window, validators)]),
  )
  const tallyOf = (name: string): ChannelTally | undefined => {
    if (!tallies.has(name) && options.channels === undefined)
      tallies.set(name, new ChannelTally(name, options.window, validators))
    return tallies.get(name)
  }
  const inWindow = {created_at: {$gte: options.window.from, $lt: options.window.to}}
  for await (const digest of store.collection<Digest>('digests').find(inWindow)) {
    signal.throwIfAborted()
    tallyOf(digest.channel)?.addDigest(digest)
  }
  for await (const review of store.collection<ReviewReport>('review_reports').find(inWindow)) {
    signal.throwIfAborted()
    tallyOf(review.assignment_id)?.addReview(review)
  }
  const channels = [...tallies.values()].map(tally => tally.report()).sort(byName)
  const findings = auditFindings(channels, options.policy)
  return {
    generated_at: clock.now().toISOString(),
    window: reportWindow(options.window),
    policy: options.policy,
    channels,
    findings,
    verdict: findings.length === 0 ? 'pass' : 'fail',
  }
}

function byName(a: ChannelAudit, b: ChannelAudit): number {
  return a.channel < b.channel ? -1 : 1
}
