import type {ChannelPosts} from '@ep23/plugin-dataset/days'
import type {Digest} from '@ep23/plugin-dataset'
import type {Clock, Message} from '@ep23/sdk'

import type {Baseline} from '../domain/baseline.js'
import type {BoardLine} from '../domain/board-line.js'
import type {DayFiles} from '../domain/day-files.js'

/** The score board, `daily.jsonl`: one line a day, appended whole and synced, each holding the hash of the one before. */
export interface ScoreBoard {
  readonly lines: readonly BoardLine[]
  /** Adds a day; what is returned stands on the disk. */
  append(line: Omit<BoardLine, 'previous'>): Promise<BoardLine>
}

/** Scores by sample, and the hash of each sample's record. */
export interface JudgedDay {
  scores: ReadonlyMap<string, Readonly<Record<string, number>>>
  hashes: ReadonlyMap<string, string>
}

export interface BaselineInForce {
  id: string
  baseline: Baseline
}

/** What closing days works with; the action puts it together. */
export interface DailyDeps {
  clock: Pick<Clock, 'now'>
  zone: string
  board: ScoreBoard
  baseline: BaselineInForce | undefined
  judge: {name: string; signature: string; model: string | null}
  /** Who writes the digests: its name, or `team` for those that stand in the store. */
  writer: string
  files(day: string): DayFiles
  /** Reads days that follow each other at once; what is returned gives the posts of one of them and of the days before it. */
  readPosts(days: readonly string[]): Promise<(day: string) => ChannelPosts[]>
  /** The digest of a channel's day, or why there is none. */
  digestOf(posts: ChannelPosts, day: string): Promise<{digest: Digest} | {gap: Message}>
  judgeRecords(day: string, file: string, folder: string): Promise<JudgedDay>
  /** The frozen digests of the baseline, judged anew. */
  judgeAnchors(day: string, folder: string): Promise<JudgedDay>
}
