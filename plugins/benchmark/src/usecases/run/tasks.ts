import type {JudgedSample} from '@ep23/sdk'

import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunDeps, RunRequest} from './run-request.js'

/** One judgement to be made. */
export interface Task {
  sample: JudgedSample
  /** Of the sample's line. */
  sampleSha256: string
  /** From 1. */
  answer: number
  repeat: number
  /** Of the judgement among all: sample, then answer, then repeat. */
  place: number
  /** Of the answer among all. */
  answerPlace: number
}

/** Everything to be judged, in the order of the results. */
export async function* tasksOf({folder, hashText}: RunDeps, request: RunRequest): AsyncGenerator<Task> {
  const {judgeRepeats, answers: {repeats: answers} = {repeats: 1}} = request
  let [answerPlace, place] = [0, 0]
  for await (const line of folder.lines(RUN_FILES.dataset)) {
    const sample = JSON.parse(line) as JudgedSample
    const sampleSha256 = hashText(line)
    for (let answer = 1; answer <= answers; answer++, answerPlace++)
      for (let repeat = 1; repeat <= judgeRepeats; repeat++)
        yield {sample, sampleSha256, answer, repeat, place: place++, answerPlace}
  }
}

/** How many judgements a run makes of so many records. */
export function judgementsOf(records: number, {judgeRepeats, answers}: RunRequest): number {
  return records * (answers?.repeats ?? 1) * judgeRepeats
}
