import type {JudgeContext, JudgedSample, Judgement} from '@ep23/sdk'

import type {WrittenAnswer} from './answers.js'

/** Which question of which run, and until when it is asked. */
export interface QuestionContext extends JudgeContext {
  /** Id of the run: with the sample, answer and repeat it names a question for good. */
  readonly run: string
  /** Aborted when a limit is reached: what is under way ends, and what is not begun yet is not begun any more. */
  readonly noMore: AbortSignal
}

/**
 * Port: who computes the judgements and answers of a run. That is the run's own process, or workers that take them from a queue; all
 * else of a run (order, journal, limits, verdict) is the same for both.
 */
export interface Executor {
  /** Questions that may be asked at once. */
  readonly concurrency: number
  /** Of them, those that nobody works on yet; absent where each is begun at once. */
  readonly waiting?: number
  /** @returns undefined for what was not begun before `noMore` */
  judge(sample: JudgedSample, context: QuestionContext): Promise<Judgement | undefined>
  /** The repeat of the context means nothing here. @returns undefined for what was not begun before `noMore` */
  write(sample: JudgedSample, context: QuestionContext): Promise<WrittenAnswer | undefined>
  /** Another number at once, while it works; absent where there is nothing to change. */
  retune?(concurrency: number): void
}
