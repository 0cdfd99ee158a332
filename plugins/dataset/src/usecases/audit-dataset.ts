import {type Clock, type Store, badDataError} from '@ep23/sdk'

import {type AuditFinding, type AuditReport, type ChannelAudit, auditFindings} from './audit-report.js'
import type {DatasetPolicy} from './dataset-policy.js'
import {type DayWindow, reportWindow, dayWindow, DEFAULT_ZONE, type SeedWindow} from '../domain/day-window.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import type {Origin} from '../domain/document-values.js'
import type {WindowFlags} from '../flags.js'
import {ChannelTally} from './channel-tally.js'
import {SharedPostTally} from './shared-posts.js'
import {storedDocuments} from './stored-documents.js'
import type {DocumentValidators} from './validate-documents.js'
import {message} from '../words/words.js'

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
  /** Only documents of this origin; without it all, counted apart. */
  origin?: Origin
  /** Hold the documents against the team's own rule as well. */
  against?: 'team'
}

const DAY = 86_400_000

/** Reads every document of the window once and holds the dataset against its policy. */
export async function auditDataset(
  {store, clock, signal, validators}: AuditDeps,
  options: AuditOptions,
): Promise<AuditReport> {
  const {window, origin, against} = options
  const since = against === 'team' ? new Date(clock.now().getTime() - window.days.length * DAY) : undefined
  const newTally = (name: string): ChannelTally => new ChannelTally(name, window, validators, since)
  const tallies = new Map((options.channels ?? []).map(name => [name, newTally(name)]))
  const tallyOf = (name: string): ChannelTally | undefined => {
    if (!tallies.has(name) && options.channels === undefined) tallies.set(name, newTally(name))
    return tallies.get(name)
  }
  const shared = new SharedPostTally()
  const {from, to} = window
  const query = {from, to, ...(options.channels && {channels: options.channels}), ...(origin && {origin})}
  const undated = {digests: 0, reviews: 0}
  for await (const entry of storedDocuments(store, digestKind, query, () => (undated.digests += 1))) {
    signal.throwIfAborted()
    const {document} = entry
    tallyOf(document.channel)?.addDigest(entry)
    // Synthetic posts are alike by their making.
    if (tallies.has(document.channel) && document.metadata?.origin !== 'synthetic')
      for (const {text} of document.posts ?? []) shared.add(document.channel, text)
  }
  for await (const entry of storedDocuments(store, reviewKind, query, () => (undated.reviews += 1))) {
    signal.throwIfAborted()
    tallyOf(entry.document.assignment_id)?.addReview(entry)
  }
  const channels = [...tallies.values()].map(tally => tally.report()).sort(byName)
  const sharedPosts = shared.pairs()
  const findings = [
    ...auditFindings(channels, sharedPosts, options.policy),
    ...undatedFinding(digestKind, undated.digests),
    ...undatedFinding(reviewKind, undated.reviews),
  ]
  return {
    generated_at: clock.now().toISOString(),
    window: reportWindow(window),
    policy: options.policy,
    channels,
    shared_posts: sharedPosts,
    findings,
    verdict: findings.some(({level}) => level === 'fail') ? 'fail' : 'pass',
  }
}

// No window finds them, so they would be missed in silence.
function undatedFinding({title}: Pick<DocumentKind<unknown>, 'title'>, undated: number): AuditFinding[] {
  if (undated === 0) return []
  const detail = message('undated', {title, undated})
  return [{rule: 'schema', level: 'fail', channel: null, detail}]
}

function byName(a: ChannelAudit, b: ChannelAudit): number {
  return a.channel < b.channel ? -1 : 1
}

/** The window that flags name, filled up from the last snapshot: by default that of the last seed. @throws Ep23Error STORE_MISSING, DATASET_NO_WINDOW (65) */
export async function windowOfFlags(
  store: Pick<Store, 'ping'>,
  flags: WindowFlags,
  last: SeedWindow | undefined,
): Promise<DayWindow> {
  // Who named a store that is not there is not helped by words about its window.
  await store.ping()
  const until = flags.until ?? last?.to
  if (until === undefined)
    throw badDataError('DATASET_NO_WINDOW', message('noSnapshot'), [message('seedFirst'), message('nameWindow')])
  return dayWindow({
    until,
    days: flags.days ?? last?.days ?? 30,
    zone: flags['time-zone'] ?? last?.time_zone ?? DEFAULT_ZONE,
  })
}
