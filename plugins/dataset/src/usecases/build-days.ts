import {nextTurn, type StepReport} from '@ep23/sdk'

import type {Digest} from '../domain/digest.js'
import type {Spooled} from '../domain/spool.js'
import type {SeedOptions} from './seed-options.js'
import type {UnwrittenDay} from './seed-report.js'
import {buildDigest, digestInput, writerOfSource, type DaySource} from './build-digest.js'
import {addDays, type DayDocuments, noDays} from './write-days.js'
import {ensureIndexes} from './change-documents.js'
import {writeReview} from './review/write-review.js'
import type {BuiltChannel, PlannedChannel, ReviewedChannel} from './channel-stages.js'
import {DayFailures, mapConcurrently} from './day-failures.js'
import {daysToWrite} from './plan-days.js'
import type {SeedDeps} from './seed-deps.js'
import {storeDays, validateDay} from './store-days.js'
import {message} from '../words/words.js'

/** A digest and its review for each day of real posts; a model's digests are stored as they come. */
export async function buildDigests(
  deps: SeedDeps,
  channels: readonly PlannedChannel[],
  options: SeedOptions,
  report: StepReport,
): Promise<BuiltChannel[]> {
  await ensureIndexes(deps.store)
  const isPaid = deps.summarizer.writer.kind === 'model'
  const built = channels.map(startOf)
  const all = built.flatMap(channel => daysToWrite(channel, 'real').map(source => ({channel, source})))
  const failures = isPaid ? new DayFailures() : undefined
  let done = 0
  const build = async ({channel, source}: (typeof all)[number]): Promise<void> => {
    await nextTurn(deps.signal)
    try {
      const digest = await buildDay(deps, source, options)
      if (isPaid) await storeAtOnce(deps, channel, digest, options)
      else channel.ready.push(deps.spool.put({digest, review: writeReview(deps, digest)}))
      failures?.succeeded()
    } catch (error) {
      if (!failures) throw error
      channel.unwritten.push({day: source.day, reason: failures.reasonOf(error)})
    }
    report.advance((done += 1), all.length, 'digests')
  }
  try {
    await mapConcurrently(all, deps.summarizer.concurrency, build)
  } catch (error) {
    throw failures?.withKept(error) ?? error
  }
  for (const {unwritten} of built) unwritten.sort((a, b) => (a.day < b.day ? -1 : 1))
  return built
}

/** A channel whose lists grow while its days are built, several at once. */
type GrowingChannel = BuiltChannel & {ready: Spooled<DayDocuments>[]; unreviewed: Digest[]; unwritten: UnwrittenDay[]}

function startOf(channel: PlannedChannel): GrowingChannel {
  return {...channel, ready: [], written: noDays(), unreviewed: [], unwritten: []}
}

/** What was paid for is stored before anything else is done; the reviews, which cost time and no money, come in the next step. */
async function storeAtOnce(
  deps: SeedDeps,
  channel: GrowingChannel,
  digest: Digest,
  options: SeedOptions,
): Promise<void> {
  validateDay(deps, {digest})
  const [written = noDays()] = await storeDays(deps, [{name: channel.name, days: [{digest}]}], options)
  addDays(channel.written, written)
  if (written.digests.kept.length === 0) channel.unreviewed.push(digest)
}

/** A review report for each digest that was stored as it came, and for each that stays and has none, or one by older rules. */
export async function reviewDigests(
  deps: SeedDeps,
  channels: readonly BuiltChannel[],
  report: StepReport,
): Promise<ReviewedChannel[]> {
  const reviewed: ReviewedChannel[] = []
  for (const channel of channels) {
    const reviews: Spooled<DayDocuments>[] = []
    for (const digest of channel.unreviewed) {
      await nextTurn(deps.signal)
      reviews.push(deps.spool.put({review: writeReview(deps, digest), reviewFollows: true}))
    }
    const staying = channel.days.filter(({stays}) => stays)
    const wanting = staying.flatMap(({unreviewed}) => unreviewed ?? [])
    for (const digest of wanting) {
      await nextTurn(deps.signal)
      reviews.push(deps.spool.put({review: writeReview(deps, digest)}))
    }
    const reviewsUnchanged = staying.length - wanting.length
    reviewed.push({...channel, ready: [...channel.ready, ...reviews], reviewsUnchanged})
  }
  report.note(message('reviewsToWrite', {reviews: reviewed.reduce((sum, {ready}) => sum + ready.length, 0)}))
  return reviewed
}

/** Synthetic digests for the gaps, marked so, and their reviews. */
export async function fillGaps(
  deps: SeedDeps,
  channels: readonly ReviewedChannel[],
  options: SeedOptions,
  report: StepReport,
): Promise<ReviewedChannel[]> {
  const filled: ReviewedChannel[] = []
  let days = 0
  for (const channel of channels) {
    const ready = [...channel.ready]
    for (const source of daysToWrite(channel, 'synthetic')) {
      await nextTurn(deps.signal)
      const digest = await buildDay(deps, source, options)
      ready.push(deps.spool.put({digest, review: writeReview(deps, digest)}))
      days += 1
    }
    filled.push({...channel, ready})
  }
  report.note(message('days', {days}))
  return filled
}

/** Writes the digest of a day. */
async function buildDay(deps: SeedDeps, source: DaySource, options: Pick<SeedOptions, 'timeZone'>): Promise<Digest> {
  return buildDigest({...deps, summarizer: writerOfSource(deps, source)}, digestInput(source, options))
}
