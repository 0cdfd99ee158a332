import {hostname} from 'node:os'

import {canonicalLine} from '@ep23/plugin-exporters'
import {type CommandResult, keepMemoryFlat, type Runtime} from '@ep23/sdk'

import {serveQueue, type ServedFacts} from '../adapters/queue/serve-queue.js'
import {SharedLimit} from '../adapters/queue/shared-limit.js'
import {hashText} from '../adapters/sha256.js'
import type {Executor} from '../domain/executor.js'
import type {Outcome, Work} from '../domain/work.js'
import type {WorkFlags} from '../queue-flags.js'
import {localExecutor} from '../usecases/run/local-executor.js'
import {answerWork} from '../usecases/work/answer-work.js'
import {openParts} from './open-parts.js'
import {assertSameParts, type WorkSpec} from './work-spec.js'
import {message} from '../words/words.js'

/** What `benchmark:work --json` tells at its end. */
export interface WorkReport extends ServedFacts {
  /** Without credentials. */
  queue: string
  worker: string
}

/** Judges and writes for runs on any machine until it is stopped. */
export async function workOnQueue(runtime: Runtime, flags: WorkFlags): Promise<CommandResult<WorkReport>> {
  keepMemoryFlat()
  const worker = `${hostname()}:${process.pid}`
  const limit = new SharedLimit(flags.concurrency)
  const executors = new Executors(runtime, flags, limit)
  let queue = ''
  const served = await runtime.progress.step('Judge', report => {
    let answered = 0
    const answer = async (work: Work, signal: AbortSignal): Promise<Outcome> => {
      const outcome = await answerInTrace(runtime, await executors.of(work.spec as WorkSpec), work, {signal, worker})
      report.advance(++answered, undefined, 'judgements')
      return outcome
    }
    return serveQueue(flags.queue, {
      concurrency: flags.concurrency,
      graceSeconds: flags.grace,
      signal: runtime.signal,
      name: worker,
      answer,
      onReady(name, pause) {
        queue = name
        limit.pause = pause
        runtime.logger.info({queue: name, worker}, 'worker ready')
        // Also with --json, for whoever waits for it.
        process.stderr.write(`Working on ${name}\n`)
      },
      onStalled: id => runtime.logger.warn({queue, job: id}, 'a worker died; its question is asked again'),
    })
  })
  const text = [message('answeredQuestions', {answered: served.answered, queue, back: served.handed_back})]
  return {data: {queue, worker, ...served}, text}
}

/** As part of the run's trace. */
function answerInTrace(
  {tracer}: Runtime,
  executor: Executor,
  work: Work,
  by: {signal: AbortSignal; worker: string},
): Promise<Outcome> {
  const {kind, run, sample, answer, repeat, traceparent} = work
  const attributes = {stage: kind, channel: sample.channel, sample_id: sample.sample_id, run, answer, repeat}
  return tracer.span(
    `queue ${kind}`,
    {...attributes, worker: by.worker},
    () => answerWork(executor, work, by),
    traceparent,
  )
}

/** Runs that a worker can work for at once; of more the one opened first is opened again. */
const MOST_RUNS = 16

/** Judge and writer of each run, opened when its first question comes. */
class Executors {
  readonly #opened = new Map<string, Promise<Executor>>()

  constructor(
    private readonly runtime: Runtime,
    private readonly flags: WorkFlags,
    private readonly limit: SharedLimit,
  ) {}

  of(spec: WorkSpec): Promise<Executor> {
    const key = hashText(canonicalLine({spec}))
    const found = this.#opened.get(key) ?? this.#open(spec)
    this.#opened.set(key, found)
    const [first] = this.#opened.keys()
    if (this.#opened.size > MOST_RUNS && first !== undefined) this.#opened.delete(first)
    return found
  }

  async #open(spec: WorkSpec): Promise<Executor> {
    const {scenario, judge, flags} = spec
    const own = {...flags, concurrency: this.flags.concurrency}
    const parts = await openParts(this.runtime, {scenario, judge, flags: own, limit: this.limit})
    assertSameParts(spec, parts)
    return localExecutor({judge: parts.judge, writer: parts.answers?.writer, seconds: flags['sample-timeout']})
  }
}
