import {createSummarizer, type DaySpec, type Summarizer, summarizerFacts} from '@ep23/plugin-dataset/summaries'
import type {Judge, Runtime} from '@ep23/sdk'

import type {SharedLimit} from '../adapters/queue/shared-limit.js'
import type {Executor} from '../domain/executor.js'
import type {Outcome, Work} from '../domain/work.js'
import {localExecutor} from '../usecases/run/local-executor.js'
import {answerSample} from '../usecases/work/answer-work.js'
import {writeDay} from '../usecases/work/write-day.js'
import {KeptOpen} from './kept-open.js'
import {openParts} from './open-parts.js'
import {assertSameFacts, assertSameParts, type WorkSpec} from './work-spec.js'

interface AnswererParts {
  runtime: Runtime
  /** Questions that this worker answers at once. */
  concurrency: number
  limit: SharedLimit
}

/** Judges, writers and summarizers of whoever asks, each opened when its first question comes. */
export class Answerers {
  readonly #executors = new KeptOpen({
    open: (spec: WorkSpec) => this.#openExecutor(spec),
    close: async ({judge}) => judge.close?.(),
  })
  readonly #summarizers = new KeptOpen({
    open: (spec: DaySpec) => this.#openSummarizer(spec),
    close: async () => undefined,
  })

  constructor(private readonly parts: AnswererParts) {}

  /** @throws Ep23Error BENCHMARK_WORKER_DIFFERS (65) when this worker would give other answers than who asks */
  async answerer(work: Work): Promise<(signal: AbortSignal) => Promise<Outcome>> {
    if (work.kind === 'digest') {
      const {value: summarizer, giveBack} = await this.#summarizers.lend(work.spec)
      return signal => writeDay(summarizer, work, signal).finally(giveBack)
    }
    const {value, giveBack} = await this.#executors.lend(work.spec as WorkSpec)
    return signal => answerSample(value.executor, work, signal).finally(giveBack)
  }

  /** When no question is under way any more. */
  close(): Promise<void> {
    return this.#executors.close()
  }

  async #openExecutor(spec: WorkSpec): Promise<{executor: Executor; judge: Judge}> {
    const {runtime, concurrency, limit} = this.parts
    const {scenario, judge, flags} = spec
    const parts = await openParts(runtime, {
      ...{scenario, judge, flags: {...flags, concurrency}, limit},
      accept: opened => assertSameParts(spec, opened),
    })
    const {judge: opened, answers} = parts
    return {
      judge: opened,
      executor: localExecutor({judge: opened, writer: answers?.writer, seconds: flags['sample-timeout']}),
    }
  }

  async #openSummarizer({summarizer: name, facts}: DaySpec): Promise<Summarizer> {
    const {runtime, limit} = this.parts
    const traceparent = (): string => runtime.tracer.traceparent()
    const summarizer = await createSummarizer(name, runtime.settings, {limit, traceparent})
    assertSameFacts(facts, summarizerFacts(summarizer))
    return summarizer
  }
}
