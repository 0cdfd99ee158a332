import type {JudgedSample} from '@ep23/sdk'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import type {StoredRun} from '../../domain/run-folder.js'
import type {SampleLine} from '../../domain/sample-line.js'

/** A sample of a run with all that was said of it. */
export interface JudgedDigest {
  /** Its place in the run, from 0. */
  index: number
  /** With the text that was judged: its own, or the first that was written for the run. */
  record: JudgedSample
  /** The same with the other answers that were written for the run. */
  others: readonly JudgedSample[]
  lines: readonly SampleLine[]
}

/** The samples of a run one by one: records, lines and written answers stand in one order. */
export async function* judgedSamples({records, samples, answers, run}: StoredRun): AsyncGenerator<JudgedDigest> {
  const lines = groupedBySample(samples())
  const written = groupedBySample(answers())
  let [judged, answered] = [await lines.next(), await written.next()]
  let index = 0
  for await (const record of records()) {
    const own = sameSample<AnswerLine>(answered.value, record)
    // A run that was stopped early has judged only some of its records.
    const said = sameSample<SampleLine>(judged.value, record)
    if (said) {
      const [first = record, ...others] = (own ?? []).map(answer =>
        withAnswer(record, answer, run.identity.answers.model),
      )
      yield {index, record: first, others, lines: said}
      ;[judged, index] = [await lines.next(), index + 1]
    }
    if (own) answered = await written.next()
  }
}

function sameSample<T extends {sample_id: string}>(group: T[] | undefined, {sample_id}: JudgedSample): T[] | undefined {
  return group?.[0]?.sample_id === sample_id ? group : undefined
}

function withAnswer(record: JudgedSample, answer: AnswerLine, model: string | null): JudgedSample {
  // Who was asked to write, whatever name the server gives itself.
  return answeredSample(record, model === null ? answer : {...answer, trail: null}, model ?? '')
}

/** Lines of a sample stand one after the other: each group is one sample's. */
export async function* groupedBySample<T extends {sample_id: string}>(
  lines: AsyncIterable<T>,
): AsyncGenerator<T[], undefined> {
  let group: T[] = []
  for await (const line of lines) {
    if (group[0] && group[0].sample_id !== line.sample_id) {
      yield group
      group = []
    }
    group.push(line)
  }
  if (group.length > 0) yield group
}
