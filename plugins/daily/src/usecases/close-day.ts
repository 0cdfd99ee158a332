import {createHash} from 'node:crypto'

import type {Digest} from '@ep23/plugin-dataset'
import type {SampleScores} from '@ep23/plugin-benchmark/judging'
import type {ChannelPosts} from '@ep23/plugin-dataset/days'
import {toDigestRecord} from '@ep23/plugin-exporters'
import {Ep23Error, EXIT} from '@ep23/sdk'

import type {Baseline} from '../domain/baseline.js'
import {
  type AnchorDay,
  type BoardLine,
  type ChannelDay,
  type DailyState,
  type DetectorState,
  isMeasuredDay,
} from '../domain/board-line.js'
import {anchorDay, daysUnder, instrumentChange} from '../domain/instrument.js'
import {newsOfDay} from '../domain/missed-news.js'
import {watchDays, watchesFrom} from '../domain/watch.js'
import type {DayFiles, SavedPost} from '../domain/day-files.js'
import type {DailyDeps} from './daily-deps.js'
import {noticeChanges} from './notice-changes.js'
import {message} from '../words/words.js'

type NewLine = Omit<BoardLine, 'previous'>

/**
 * Writes, judges and decides one day; nothing of it counts before its line stands on the board.
 * @param posts of the day and of those before it
 */
export async function closeDay(deps: DailyDeps, day: string, posts: readonly ChannelPosts[]): Promise<NewLine> {
  const files = deps.files(day)
  const findings = await noticeChanges(deps, posts, day)
  const digests = await digestsOf(deps, posts, day)
  await files.write('posts.jsonl', savedPosts(posts, day))
  const judged = await judgeDigests(deps, digests.written, day, files)
  const channels = {...digests.gaps, ...channelDays(digests.written, judged)}
  const anchors = await judgeAnchors(deps, day, files)
  const news = newsOfDay(day, digests.written)
  const facts: Facts = {
    format: 1,
    ...{day, zone: deps.zone, baseline: deps.baseline?.id ?? null, judge: deps.judge, writer: deps.writer},
    ...{channels, anchors, news_share: news.share, findings: [...findings, ...news.missed]},
  }
  const isMissing = posts.every(({byDay}) => (byDay.get(day) ?? []).length === 0)
  return {...facts, ...decide(deps, facts, isMissing)}
}

interface WrittenDigests {
  written: readonly Digest[]
  gaps: Record<string, ChannelDay>
}

async function digestsOf(deps: DailyDeps, posts: readonly ChannelPosts[], day: string): Promise<WrittenDigests> {
  const written: Digest[] = []
  const gaps: Record<string, ChannelDay> = {}
  for (const channel of posts) {
    const found = await deps.digestOf(channel, day)
    if ('gap' in found) gaps[channel.channel] = {unmeasured: found.gap.english}
    else written.push(found.digest)
  }
  return {written: written.toSorted((a, b) => (a.channel < b.channel ? -1 : 1)), gaps}
}

function savedPosts(posts: readonly ChannelPosts[], day: string): SavedPost[] {
  return posts.flatMap(({channel, byDay}) =>
    (byDay.get(day) ?? []).map(({post_id, published_at, text, url}) => ({
      ...{channel, post_id, published_at: published_at.toISOString(), text, url: url ?? linkTo(channel, post_id)},
    })),
  )
}

// Telegram numbers posts; other ids lead nowhere.
function linkTo(channel: string, postId: string): string | null {
  return /^\d+$/u.test(postId) ? `https://t.me/${channel.slice(1)}/${postId}` : null
}

async function judgeDigests(
  deps: DailyDeps,
  digests: readonly Digest[],
  day: string,
  files: DayFiles,
): Promise<SampleScores> {
  await files.write('digests.jsonl', digests.map(toDigestRecord))
  if (digests.length === 0) return new Map()
  const judged = await deps.judgeRecords(files.records, files.run)
  if ([...judged.values()].some(scores => Object.keys(scores).length > 0)) return judged
  throw new Ep23Error(message('measuredNone', {day, name: deps.judge.name, digests: digests.length}), {
    code: 'DAILY_NOTHING_JUDGED',
    exit: EXIT.tryAgain,
    suggestions: [message('seeWhy'), message('sameCommandLater')],
  })
}

function channelDays(digests: readonly Digest[], judged: SampleScores): Record<string, ChannelDay> {
  return Object.fromEntries(
    digests.map(digest => {
      const {digest_id, channel, summary_markdown} = digest
      const own = judged.get(digest_id) ?? {}
      if (Object.keys(own).length === 0) return [channel, {unmeasured: message('judgeGaveNoScore').english}]
      const source_characters = toDigestRecord(digest).source_text.length
      const digest_sha256 = createHash('sha256').update(summary_markdown).digest('hex')
      return [channel, {scores: own, source_characters, digest_sha256}]
    }),
  )
}

async function judgeAnchors(deps: DailyDeps, day: string, files: DayFiles): Promise<AnchorDay | null> {
  const anchors = deps.baseline?.baseline.anchors ?? []
  if (anchors.length === 0) return null
  return anchorDay(anchors, await deps.judgeAnchors(day, files.anchorRun))
}

type Facts = Omit<NewLine, 'state' | 'detector'>

function decide(
  {board: {lines}, baseline}: DailyDeps,
  facts: Facts,
  isMissing: boolean,
): {state: DailyState; detector: DetectorState | null} {
  const detector = lines.at(-1)?.detector ?? null
  if (isMissing) return {state: 'missing', detector}
  if (!isMeasuredDay(facts)) return {state: 'unmeasured', detector}
  if (baseline === undefined) return {state: 'learning', detector: null}
  const days = daysUnder(baseline.id, [...lines, facts], facts.day)
  if (instrumentChange(baseline.baseline, days) !== undefined) return {state: 'instrument', detector}
  const watched = watchDays(baseline.baseline, [...lines, {...facts, state: 'quiet'}])
  return {state: stateOf(watched, baseline.baseline), detector: watched}
}

function stateOf({drop, evidence}: DetectorState, baseline: Baseline): DailyState {
  if (drop !== null) return 'alarm'
  return evidence >= watchesFrom(baseline) ? 'watch' : 'quiet'
}
