import type {SampleScores} from '@ep23/plugin-benchmark/judging'
import type {ChannelPosts} from '@ep23/plugin-dataset/days'
import type {Digest} from '@ep23/plugin-dataset'
import type {Clock, Message} from '@ep23/sdk'

import type {Baseline} from '../domain/baseline.js'
import type {ScoreBoard} from '../domain/board-line.js'
import type {DayFiles} from '../domain/day-files.js'

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
  judgeRecords(file: string, folder: string): Promise<SampleScores>
  /** The frozen digests of the baseline, judged anew. */
  judgeAnchors(day: string, folder: string): Promise<SampleScores>
}
