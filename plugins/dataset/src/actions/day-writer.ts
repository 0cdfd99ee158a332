import type {Runtime, Message} from '@ep23/sdk'

import {createSummarizer} from '../adapters/summarizers/create-summarizer.js'
import type {ChannelName} from '../domain/channel.js'
import {postsForDigest, type CleanPost, type SourcePost} from '../domain/posts.js'
import type {Digest} from '../domain/digest.js'
import {digestKind, reviewKind} from '../domain/document-kind.js'
import {reasonToKeep} from '../domain/worth.js'
import {buildDigest, digestSourceHash, writerOfDigest} from '../usecases/build-digest.js'
import {cleanPosts, gapReason} from '../usecases/clean-posts.js'
import {validateDay} from '../usecases/store-days.js'
import {documentValidators} from '../usecases/validate-documents.js'
import {ensureIndexes} from '../usecases/change-documents.js'
import {writeDays} from '../usecases/write-days.js'
import {message} from '../words/words.js'
import {writeReview} from '../usecases/review/write-review.js'
import {versionOf} from '../usecases/writer-of.js'

/** A day's digest as it stands in the store, or why there is none. */
export type WrittenDay = {digest: Digest; posts: readonly CleanPost[]} | {gap: Message}

export interface DayWriter {
  /** Who writes, as the digest will say. */
  readonly name: string
  /**
   * Writes the digest of a day with its review, unless the stored one is from the same posts or is worth more. The days before it
   * show what the channel repeats.
   */
  write(day: DayToWrite): Promise<WrittenDay>
}

interface DayToWrite {
  channel: ChannelName
  day: string
  zone: string
  byDay: ReadonlyMap<string, readonly SourcePost[]>
  /** Say what would be written and write nothing. */
  dryRun: boolean
}

/** Whoever `--writer` names, with the store that digests go to. */
export async function openDayWriter(runtime: Runtime, name: string): Promise<DayWriter> {
  const summarizer = await createSummarizer(
    name,
    runtime.settings,
    {},
    {flag: '--writer', others: [message('teamWriter')]},
  )
  const deps = {...runtime, summarizer, validators: documentValidators()}
  return {
    name: summarizer.name,
    async write({channel, day, zone, byDay, dryRun}) {
      const posts = cleanPosts(byDay, channel).byDay.get(day) ?? []
      const gap = gapReason(posts)
      if (gap !== undefined) return {gap}
      const input = {channel, day, zone, posts}
      const stored = await storedDigest(runtime, `${channel}:${day}`)
      const stays = stored && staysAs(stored, {hash: digestSourceHash(summarizer, input), posts})
      // A process that was killed between the two has left a digest of ours without its review.
      if (stored && stays && !(await lacksReview(runtime, stored))) return {digest: stored, posts}
      const digest = stored && stays ? stored : await buildDigest(deps, input)
      const review = writeReview(deps, digest)
      validateDay(deps, {digest, review})
      if (!dryRun) {
        await ensureIndexes(runtime.store)
        await writeDays(runtime, [stays ? {review} : {digest, review}], {replace: false})
      }
      return {digest, posts}
    },
  }

  function staysAs(stored: Digest, {hash, posts}: {hash: string; posts: readonly CleanPost[]}): boolean {
    if (stored.metadata.source_sha256 === hash) return true
    const offered = {
      writer: writerOfDigest(summarizer, undefined),
      origin: 'telegram',
      posts: postsForDigest(posts),
    } as const
    return reasonToKeep(versionOf(digestKind, stored), offered) !== undefined
  }
}

/** Digests of the team are reviewed by the team, if at all. */
async function lacksReview({store}: Pick<Runtime, 'store'>, {digest_id, metadata}: Digest): Promise<boolean> {
  if (metadata.origin === 'team') return false
  const filter = {[reviewKind.key]: digest_id}
  const found = await Array.fromAsync(store.collection(reviewKind.collection).find(filter, {limit: 1}))
  return found.length === 0
}

async function storedDigest({store}: Pick<Runtime, 'store'>, id: string): Promise<Digest | undefined> {
  const [found] = await Array.fromAsync(
    store.collection<Digest>(digestKind.collection).find({[digestKind.key]: id}, {limit: 1}),
  )
  return found
}
