import type {Clock, RunIdentity} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {postsForDigest, type CleanPost} from '../domain/posts.js'
import {endOfDay, startOfDay} from '../domain/day-window.js'
import type {Digest, Post} from '../domain/digest.js'
import type {WrittenBy} from '../domain/provenance.js'
import type {DaySummaryInput, Summarizer} from '../domain/summarizer.js'
import type {SeedOptions} from './seed-options.js'
import {sha256OfJson, versioned} from './writer-of.js'

const HOUR = 3_600_000

export interface BuildDigestDeps {
  summarizer: Summarizer
  clock: Clock
  signal: AbortSignal
  run?: RunIdentity
}

/** The posts a day's digest is written from, and where they come from. */
export interface DaySource {
  channel: ChannelName
  day: string
  /** Made anew at each call when they are generated: few days of a dataset are looked at twice. */
  posts: () => readonly CleanPost[]
  /** The generator with its version and seed; undefined for real posts. */
  generator?: string
}

/** No model is asked, and paid, for the summary of news that never happened. */
export function writerOfSource(
  {summarizer, gapSummarizer}: {summarizer: Summarizer; gapSummarizer: Summarizer},
  {generator}: Pick<DaySource, 'generator'>,
): Summarizer {
  return generator === undefined ? summarizer : gapSummarizer
}

export function digestInput(source: DaySource, {timeZone: zone}: Pick<SeedOptions, 'timeZone'>): DaySummaryInput {
  return {...source, posts: source.posts(), zone}
}

/**
 * The digest of a day. Its latency is what the model's answers took, or what the summarizer took by the clock, for real and for
 * synthetic posts alike: synthetic are the posts, not the measurement. All the rest depends on the input alone.
 */
export async function buildDigest(deps: BuildDigestDeps, input: DaySummaryInput): Promise<Digest> {
  const {summarizer, clock, signal, run} = deps
  const {channel, day, zone} = input
  const posts = postsForDigest(input.posts)
  const started = clock.monotonic()
  const {summary_markdown, llm_model, ...measured} = await summarizer.summarize(
    {channel, day, zone, posts, ...(input.generator !== undefined && {generator: input.generator})},
    signal,
  )
  const latency_seconds = measured.latency_seconds ?? clock.monotonic() - started
  return {
    digest_id: `${channel}:${day}`,
    channel,
    language: 'ru',
    summary_markdown,
    posts: posts.map(toPost),
    feature_flags: {},
    latency_seconds,
    created_at: endOfDay(day, zone),
    metadata: {
      origin: input.generator === undefined ? 'telegram' : 'synthetic',
      llm_model,
      written_by: writerOfDigest(summarizer, input.generator),
      time_range_hours: hoursOf(day, zone),
      source_sha256: digestSourceHash(summarizer, input),
      ...(run && {run_id: run.run_id, trace_id: run.trace_id}),
      ...(input.generator !== undefined && {generator: input.generator}),
    },
  }
}

/** Whom a digest names as its writer: what was generated stays synthetic, whoever summarizes it. */
export function writerOfDigest({writer}: Pick<Summarizer, 'writer'>, generator: string | undefined): WrittenBy {
  return generator === undefined ? writer : {kind: 'synthetic', ...versioned(generator)}
}

/** Hash of everything that a digest is made from, the summarizer's name and version included. */
export function digestSourceHash(
  {name}: Pick<Summarizer, 'name'>,
  {channel, day, zone, posts, generator}: DaySummaryInput,
): string {
  const used = postsForDigest(posts)
  return sha256OfJson({
    summarizer: name,
    channel,
    day,
    zone,
    posts: used.map(toPost),
    plain: used.map(({plain}) => plain),
    ...(generator !== undefined && {generator}),
  })
}

// 24, and 23 or 25 on the days when clocks are changed.
function hoursOf(day: string, zone: string): number {
  return (endOfDay(day, zone).getTime() + 1 - startOfDay(day, zone).getTime()) / HOUR
}

function toPost({post_id, published_at, text, title, url}: CleanPost): Post {
  return {post_id, published_at, text, ...(title !== undefined && {title}), ...(url !== undefined && {url})}
}
