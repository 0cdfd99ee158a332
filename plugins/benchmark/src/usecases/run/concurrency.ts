import {RUN_FILES} from '../../domain/run-folder.js'
import type {Executor} from '../../domain/executor.js'
import type {RunDeps} from './run-request.js'
import type {Message} from '@ep23/sdk'
import {message} from '../../words/words.js'

/** Counts what is under way: at most so many at once, whoever comes later waits in order. */
export class Semaphore {
  #taken = 0
  readonly #waiting: (() => void)[] = []
  #idle: (() => void)[] = []

  constructor(private most: number) {}

  /** More or less room from now on; what is taken stays taken. */
  resize(most: number): void {
    this.most = most
    while (this.#taken < this.most && this.#waiting.length > 0) {
      this.#taken += 1
      this.#waiting.shift()?.()
    }
  }

  take(): Promise<void> | undefined {
    if (this.#taken < this.most) {
      this.#taken += 1
      return undefined
    }
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  free(): void {
    const next = this.#taken <= this.most ? this.#waiting.shift() : undefined
    if (next) return next()
    this.#taken -= 1
    if (this.#taken > 0) return
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }

  /** Resolves as soon as nothing is taken. */
  allFree(): Promise<void> {
    return this.#taken === 0 ? Promise.resolve() : new Promise(resolve => this.#idle.push(resolve))
  }
}

const MOST = 256

interface Retuned {
  /** Called when the executor has another number. */
  fit: () => void
  /** Called for what cannot be done. */
  tell: (sentence: Message) => void
}

/**
 * While it runs, a number written into the file `concurrency` of the run's folder changes how many samples are judged at once. A
 * judge that computes has nothing to change. @returns what ends the watching
 */
export function reloadConcurrency({folder, logger}: RunDeps, executor: Executor, {fit, tell}: Retuned): () => void {
  if (!executor.retune) return () => undefined
  return folder.watch(RUN_FILES.concurrency, text => {
    const asked = Number(text.trim() || Number.NaN)
    if (!Number.isInteger(asked) || asked < 1 || asked > MOST)
      return tell(message('badConcurrency', {file: RUN_FILES.concurrency, text: text.trim().slice(0, 40), most: MOST}))
    executor.retune?.(asked)
    fit()
    logger.info({concurrency: asked}, 'concurrency changed')
  })
}
