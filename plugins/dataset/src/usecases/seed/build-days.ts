import type {CleanPost} from '../../domain/clean-post.js'
import type {ChannelName} from '../../domain/channel.js'
import type {Digest} from '../../domain/documents/digest.js'
import type {SeedOptions} from '../../domain/seed-options.js'
import type {Summarizer} from '../../domain/summarizer.js'
import {buildDigest, type DigestInput} from '../build-digest.js'
import type {SeedDeps} from './seed-deps.js'

/** The posts a day's digest is written from, and where they come from. */
export interface DaySource {
  channel: ChannelName
  day: string
  posts: readonly CleanPost[]
  /** The generator with its version and seed; undefined for real posts. */
  generator?: string
}

/** Writes the digest of a day. */
export async function buildDay(
  deps: SeedDeps,
  source: DaySource,
  options: Pick<SeedOptions, 'timeZone'>,
): Promise<Digest> {
  return buildDigest({...deps, summarizer: writerOfSource(deps, source)}, digestInput(source, options))
}

/** No model is asked, and paid, for the summary of news that never happened. */
export function writerOfSource(
  {summarizer, gapSummarizer}: Pick<SeedDeps, 'summarizer' | 'gapSummarizer'>,
  {generator}: Pick<DaySource, 'generator'>,
): Summarizer {
  return generator === undefined ? summarizer : gapSummarizer
}

export function digestInput(source: DaySource, {timeZone: zone}: Pick<SeedOptions, 'timeZone'>): DigestInput {
  return {...source, zone}
}
