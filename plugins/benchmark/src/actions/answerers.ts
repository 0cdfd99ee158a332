import {createSummarizer, type DaySpec, type Summarizer, summarizerFacts} from '@ep23/plugin-dataset/summaries'
import {canonicalLine} from '@ep23/plugin-exporters'
import type {Runtime} from '@ep23/sdk'

import type {SharedLimit} from '../adapters/queue/shared-limit.js'
import {hashText} from '../adapters/sha256.js'
import type {Executor} from '../domain/executor.js'
import type {Outcome, Work} from '../domain/work.js'
import {localExecutor} from '../usecases/run/local-executor.js'
import {answerSample} from '../usecases/work/answer-work.js'
import {writeDay} from '../usecases/work/write-day.js'
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
  readonly #executors = new Opened((spec: WorkSpec) => this.#openExecutor(spec))
  readonly #summarizers = new Opened((spec: DaySpec) => this.#openSummarizer(spec))

  constructor(private readonly parts: AnswererParts) {}

  /** @throws Ep23Error BENCHMARK_WORKER_DIFFERS (65) when this worker would give other answers than who asks */
  async answerer(work: Work): Promise<(signal: AbortSignal) => Promise<Outcome>> {
    if (work.kind === 'digest') {
      const summarizer = await this.#summarizers.of(work.spec)
      return signal => writeDay(summarizer, work, signal)
    }
    const executor = await this.#executors.of(work.spec as WorkSpec)
    return signal => answerSample(executor, work, signal)
  }

  async #openExecutor(spec: WorkSpec): Promise<Executor> {
    const {runtime, concurrency, limit} = this.parts
    const {scenario, judge, flags} = spec
    const parts = await openParts(runtime, {scenario, judge, flags: {...flags, concurrency}, limit})
    assertSameParts(spec, parts)
    return localExecutor({judge: parts.judge, writer: parts.answers?.writer, seconds: flags['sample-timeout']})
  }

  async #openSummarizer({summarizer: name, facts}: DaySpec): Promise<Summarizer> {
    const {runtime, limit} = this.parts
    const traceparent = (): string => runtime.tracer.traceparent()
    const summarizer = await createSummarizer(name, runtime.settings, {limit, traceparent})
    assertSameFacts(facts, summarizerFacts(summarizer))
    return summarizer
  }
}

/** Of each kind that a worker keeps open; of more the one opened first is opened again. */
const MOST_OPEN = 16

/** What was opened, by how it was. */
class Opened<Spec, T> {
  readonly #opened = new Map<string, Promise<T>>()

  constructor(private readonly open: (spec: Spec) => Promise<T>) {}

  of(spec: Spec): Promise<T> {
    const key = hashText(canonicalLine({spec}))
    const found = this.#opened.get(key) ?? this.open(spec)
    this.#opened.set(key, found)
    const [first] = this.#opened.keys()
    if (this.#opened.size > MOST_OPEN && first !== undefined) this.#opened.delete(first)
    return found
  }
}
