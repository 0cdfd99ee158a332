import {type Shape, shapeProblem, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

/** The scores of one channel's digest of a day, and what is needed to judge them. */
export interface MeasuredChannel {
  scores: Readonly<Record<string, number>>
  /** Of the text the digest was written from. */
  source_characters: number
  /** Of the digest's text, so that a later change of it is seen. */
  digest_sha256: string
}

/** Why a channel has no scores: it is left out of the day's mean, never counted as 0 and never filled from the day before. */
export interface UnmeasuredChannel {
  unmeasured: string
}

export type ChannelDay = MeasuredChannel | UnmeasuredChannel

/** The same frozen digests judged anew: by how much their scores differ from what they were when the baseline was blessed. */
export interface AnchorDay {
  anchors: number
  /** Mean difference by score, over the anchors that were measured. */
  differences: Readonly<Record<string, {mean: number; standard_error: number; measured: number; changed: number}>>
}

/** Something about a day that a person should look at. */
export interface Finding {
  kind: 'post_deleted' | 'post_edited' | 'news_missed'
  /** The day whose digest is concerned. */
  day: string
  channel: string
  /** The post, and where a reader finds it. */
  post: string
  /** The digest's sentence that rests on the post; of missed news its first sentence elsewhere. */
  sentence: string
}

export const STATES = ['quiet', 'watch', 'alarm', 'instrument', 'unmeasured', 'missing', 'learning'] as const
/**
 * `learning`: no baseline is blessed yet. `instrument`: the judge is not the one of the baseline, so that nothing is said of the
 * writer. `unmeasured`: fewer than three channels have scores. `missing`: no source has a post of the day.
 */
export type DailyState = (typeof STATES)[number]

/** How much fell, in which score, and since when. */
export interface Drop {
  score: string
  /** First day with the alarm. */
  alarm: string
  /** The change lies between these days, both included. */
  since: {from: string; to: string}
  /** Of the day's mean, adjusted for the length of its sources. */
  size: {estimate: number; low: number; high: number}
  channels: readonly string[]
}

/** What the detector knows after a day. */
export interface DetectorState {
  /** Mean over the scores: about how many quiet days so much evidence is worth. */
  evidence: number
  by_score: Readonly<Record<string, number>>
  drop: Drop | null
}

/** One line of `daily.jsonl`. No clock and no run id stands in it: the same days give the same bytes, however often it was killed. */
export interface BoardLine {
  format: 1
  day: string
  zone: string
  /** SHA-256 of the line before, without its line feed; of the first one 64 zeros. */
  previous: string
  /** Id of the baseline that the day was held against. */
  baseline: string | null
  judge: {name: string; signature: string; model: string | null} | null
  writer: string
  channels: Readonly<Record<string, ChannelDay>>
  anchors: AnchorDay | null
  /** Share of the shared news of the day that the digests have; null where no news was shared. */
  news_share: number | null
  findings: readonly Finding[]
  detector: DetectorState | null
  state: DailyState
}

/** The score board, `daily.jsonl`: one line a day, appended whole and synced, each holding the hash of the one before. */
export interface ScoreBoard {
  readonly lines: readonly BoardLine[]
  /** Adds a day; what is returned stands on the disk. */
  append(line: Omit<BoardLine, 'previous'>): Promise<BoardLine>
}

export type BoardJudge = NonNullable<BoardLine['judge']>

/** One prompt that is asked of two models is two judges: a signature holds no model. */
export function isSameJudge(a: BoardJudge, b: BoardJudge): boolean {
  return a.signature === b.signature && a.model === b.model
}

/** `llm|v:1 (qwen3-32b)`; the signature alone of a judge that computes. */
export function judgeText({signature, model}: BoardJudge): string {
  return model === null ? signature : `${signature} (${model})`
}

/** Fewer channels than this say nothing about a day. */
export const FEWEST_CHANNELS = 3

/** The measured channels of a line, by name. */
export function measuredChannels({channels}: Pick<BoardLine, 'channels'>): [string, MeasuredChannel][] {
  return Object.entries(channels).flatMap<[string, MeasuredChannel]>(([name, day]) =>
    'scores' in day ? [[name, day]] : [],
  )
}

/** Plain means over the measured channels of the days, by score. */
export function meanScores(lines: readonly Pick<BoardLine, 'channels'>[]): Record<string, number> {
  const all = lines.flatMap(measuredChannels).flatMap(([, {scores}]) => Object.entries(scores))
  return Object.fromEntries(
    [...Map.groupBy(all, ([score]) => score)].map(([score, values]) => [
      score,
      values.reduce((sum, [, value]) => sum + value, 0) / values.length,
    ]),
  )
}

/** Whether a day counts: enough channels have scores. */
export function isMeasuredDay(line: Pick<BoardLine, 'channels'>): boolean {
  return measuredChannels(line).length >= FEWEST_CHANNELS
}

const SCORE_DIFFERENCE = ['mean', 'standard_error', 'measured', 'changed']
const BOARD_SHAPE: Shape = [
  ['day', 'text'],
  ['zone', 'text'],
  ['baseline', 'text|null'],
  ['judge', 'object|null'],
  ['judge.name', 'text'],
  ['judge.signature', 'text'],
  ['judge.model', 'text|null'],
  ['writer', 'text'],
  ['channels', 'object'],
  ['channels.*', 'object'],
  ['channels.*.unmeasured', 'text?'],
  ['channels.*.scores', 'object?'],
  ['channels.*.scores.*', 'number'],
  ['anchors', 'object|null'],
  ['anchors.differences', 'object'],
  ['anchors.differences.*', 'object'],
  ...SCORE_DIFFERENCE.map(name => [`anchors.differences.*.${name}`, 'number'] as const),
  ['findings', 'list'],
  ['findings.*', 'object'],
  ...['kind', 'day', 'channel', 'post', 'sentence'].map(name => [`findings.*.${name}`, 'text'] as const),
  ['detector', 'object|null'],
  ['detector.evidence', 'number'],
  ['detector.by_score', 'object'],
  ['detector.drop', 'object|null'],
  ['detector.drop.score', 'text'],
  ['detector.drop.alarm', 'text'],
  ['detector.drop.since', 'object'],
  ['detector.drop.size', 'object'],
  ...['estimate', 'low', 'high'].map(name => [`detector.drop.size.${name}`, 'number'] as const),
  ['detector.drop.channels', 'list'],
]

/** What is wrong with a line out of JSON, as a clause; undefined for one that can be read. */
export function boardLineProblem(line: unknown): Message | undefined {
  const problem = shapeProblem(line, BOARD_SHAPE)
  if (problem !== undefined) return problem
  const {channels, state} = line as BoardLine
  if (!STATES.includes(state)) return message('stateIs', {state})
  const neither = Object.entries(channels).find(([, day]) => !('unmeasured' in day) && !('scores' in day))
  return neither && message('neitherScores', {channel: neither[0]})
}
