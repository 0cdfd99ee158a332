import {type JudgedSample, usageError} from '@ep23/sdk'

import type {AnswerLine} from '../../domain/answers/answer-line.js'
import type {RunResult} from '../../domain/run-result.js'
import type {ReplyLine, SampleLine} from '../../domain/sample.js'

export interface ShownSample {
  record: JudgedSample
  /** Every judgement of it. */
  judgements: SampleLine[]
  /** Written anew for this run; none when the record's own summary was judged. */
  answers: AnswerLine[]
  /** The judge's raw answers, as the judgements name them. */
  replies: ReplyLine[]
}

export interface ShownRun {
  folder: string
  run: RunResult
  sample: ShownSample | null
}

interface ReadableRun {
  folder: string
  run: RunResult
  samples: () => AsyncIterable<SampleLine>
  records: () => AsyncIterable<JudgedSample>
  replies: () => AsyncIterable<ReplyLine>
  answers: () => AsyncIterable<AnswerLine>
}

/** A run as it was recorded, and one of its samples with everything behind its scores. @throws Ep23Error USAGE (64) */
export async function showRun(found: ReadableRun, sampleId: string | undefined): Promise<ShownRun> {
  const {folder, run} = found
  return {folder, run, sample: sampleId === undefined ? null : await shownSample(found, sampleId)}
}

async function shownSample({run, records, samples, replies, answers}: ReadableRun, id: string): Promise<ShownSample> {
  const [record] = await collect(records(), ({sample_id}) => sample_id === id)
  if (!record)
    throw usageError(`run ${run.run_id} has no sample ${id}`, ['sample ids are channel and day: @habr:2024-11-04'])
  const judgements = await collect(samples(), ({sample_id}) => sample_id === id)
  const wanted = new Set(judgements.flatMap(({trail}) => [trail?.reply_sha256, trail?.first_reply_sha256]))
  const written = await collect(answers(), ({sample_id}) => sample_id === id)
  return {record, judgements, answers: written, replies: await collect(replies(), ({sha256}) => wanted.has(sha256))}
}

async function collect<T>(items: AsyncIterable<T>, isWanted: (item: T) => boolean): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) if (isWanted(item)) found.push(item)
  return found
}
