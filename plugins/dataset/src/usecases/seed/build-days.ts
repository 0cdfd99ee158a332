import type {CleanPost} from '../../domain/clean-post.js'
import type {Digest} from '../../domain/documents/digest.js'
import type {ReviewReport} from '../../domain/documents/review-report.js'
import type {SeedOptions} from '../../domain/seed-options.js'
import {buildDigest, digestSourceHash} from '../build-digest.js'
import {reviewSourceHash, writeReview} from '../write-review.js'
import type {SeedDeps} from './seed-deps.js'
import type {ChannelState} from './seed-state.js'

/** The posts a day's digest is written from, and where they come from. */
export interface DaySource {
  day: string
  posts: readonly CleanPost[]
  /** The generator with its version and seed; undefined for real posts. */
  generator?: string
}

/** The digest of a day: the stored one when it was made from the same posts, else a new one. */
export async function digestOfDay(
  deps: SeedDeps,
  {name, digests}: ChannelState,
  {day, posts, generator}: DaySource,
  {timeZone: zone, replace}: SeedOptions,
): Promise<Digest> {
  const input = {channel: name, day, zone, posts, ...(generator && {generator})}
  const stored = digests.existing.get(`${name}:${day}`)
  if (
    stored &&
    !replace &&
    (isForeign(stored) || stored.metadata.source_sha256 === digestSourceHash(deps.summarizer, input))
  )
    return stored
  return buildDigest(deps, input)
}

/** The review of a digest: the stored one when it looked at the same digest, else a new one. */
export function reviewOfDigest(
  deps: SeedDeps,
  {reviews}: ChannelState,
  digest: Digest,
  {replace}: SeedOptions,
): ReviewReport {
  const stored = reviews.existing.get(digest.digest_id)
  if (stored && !replace && stored.report.metadata.source_sha256 === reviewSourceHash(digest)) return stored
  return writeReview(deps, digest)
}

const OWN_RUN = /^\d{8}T\d{6}Z-[0-9a-f]{12}$/u

/**
 * Written by someone else, as the product's own digests are: such a document is worth more than ours and is kept, unless
 * --replace says otherwise. Ours name the run that wrote them.
 */
function isForeign({metadata}: Digest): boolean {
  return !OWN_RUN.test(metadata.run_id ?? '')
}
