import {withDeadline} from '@ep23/llm/deadline'
import type {Judge, JudgedSample} from '@ep23/sdk'

import type {AnswerWriter, WrittenAnswer} from '../../domain/answers.js'
import type {Executor, QuestionContext} from '../../domain/executor.js'
import {isOnPurpose, judgeWithDeadline} from './judge-with-deadline.js'
import {unwritten} from './written-answers.js'

export interface LocalParts {
  judge: Judge
  /** Absent when the answers of the dataset are judged. */
  writer?: AnswerWriter | undefined
  /** For one judgement, or for one answer, all attempts together. */
  seconds: number
}

/** Computes in this process. */
export function localExecutor({judge, writer, seconds}: LocalParts): Executor {
  const isAsking = judge.concurrency !== undefined || writer?.concurrency !== undefined
  let concurrency = Math.max(judge.concurrency ?? 1, writer?.concurrency ?? 1)
  const retune = (most: number): void => {
    concurrency = most
    judge.retune?.(most)
    writer?.retune?.(most)
  }
  return {
    get concurrency() {
      return concurrency
    },
    judge: (sample, {answer, repeat, signal}) => judgeWithDeadline(judge, sample, {answer, repeat, signal, seconds}),
    write: async (sample, context) => {
      if (!writer) throw new Error('answers are to be written, and there is no writer')
      return writeWithDeadline(writer, sample, {...context, seconds})
    },
    // A judge that computes has nothing to change.
    ...(isAsking && {retune}),
  }
}

function writeWithDeadline(
  writer: AnswerWriter,
  sample: JudgedSample,
  {answer, signal, seconds}: QuestionContext & {seconds: number},
): Promise<WrittenAnswer> {
  if (writer.concurrency === undefined) return guarded(() => writer.write(sample, {answer, signal}))
  return withDeadline(own => guarded(() => writer.write(sample, {answer, signal: own})), {
    signal,
    seconds,
    late: detail => unwritten('timed_out', detail),
  })
}

async function guarded(write: () => Promise<WrittenAnswer>): Promise<WrittenAnswer> {
  try {
    return await write()
  } catch (error) {
    if (isOnPurpose(error)) throw error
    return unwritten('judge_failed', error instanceof Error ? error.message : String(error))
  }
}
