import type {JudgedSample} from '@ep23/sdk'

import type {AnswerLine} from './answer-line.js'

export type WrittenAnswer = Pick<AnswerLine, 'text' | 'missing' | 'latency_seconds' | 'usage' | 'trail'>

/**
 * Port: whoever writes answers anew. Answers to one source are exchangeable: each is written from the source alone, by the same
 * writer, with the same question.
 */
export interface AnswerWriter {
  /** Which model writes, or `extractive-1`. */
  readonly model: string
  readonly prompt: {readonly version: string; readonly sha256: string} | null
  /** Everything else that a second run must repeat. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  /** Answers that may be under way at once; absent when it computes. */
  readonly concurrency?: number
  /**
   * What cannot be written says why in `missing`; it throws only what must end the run, such as a rejected key.
   * @param answer from 1
   */
  write(sample: JudgedSample, context: {readonly answer: number; readonly signal: AbortSignal}): Promise<WrittenAnswer>
  /** Another number of answers at once, while it writes. */
  retune?(concurrency: number): void
}

/** What a run asks of a writer. */
export interface AskedAnswers {
  writer: AnswerWriter
  /** Answers to each source. */
  repeats: number
}
