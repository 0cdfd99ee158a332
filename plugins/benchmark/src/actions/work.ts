import {hostname} from 'node:os'

import {type CommandResult, keepMemoryFlat, type Runtime, writeOnStderr} from '@ep23/sdk'

import {serveQueue, type ServedFacts} from '../adapters/queue/serve-queue.js'
import {SharedLimit} from '../adapters/queue/shared-limit.js'
import type {Outcome, Work} from '../domain/work.js'
import type {WorkFlags} from '../queue-flags.js'
import {toldIfFatal} from '../usecases/work/answer-work.js'
import {message} from '../words/words.js'
import {Answerers} from './answerers.js'

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
  const answerers = new Answerers({runtime, concurrency: flags.concurrency, limit})
  let queue = ''
  const served = await runtime.progress.step('Judge', report => {
    let answered = 0
    const answer = async (work: Work, signal: AbortSignal): Promise<Outcome> => {
      const answerIt = await answerers.answerer(work)
      const outcome = await inTrace(runtime, work, worker, () => toldIfFatal(answerIt(signal), worker))
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
        void writeOnStderr(message('workingOn', {name}), runtime.settings.lang)
      },
      onStalled: id => runtime.logger.warn({queue, job: id}, 'a worker died; its question is asked again'),
    }).finally(() => answerers.close())
  })
  const text = [message('answeredQuestions', {answered: served.answered, queue, back: served.handed_back})]
  return {data: {queue, worker, ...served}, text}
}

/** As part of the trace of who asks. */
function inTrace({tracer}: Runtime, work: Work, worker: string, answer: () => Promise<Outcome>): Promise<Outcome> {
  return tracer.span(`queue ${work.kind}`, {stage: work.kind, ...placeOf(work), worker}, answer, work.traceparent)
}

function placeOf(work: Work): Record<string, string | number> {
  if (work.kind === 'digest') return {channel: work.input.channel, day: work.input.day}
  const {run, sample, answer, repeat} = work
  return {channel: sample.channel, sample_id: sample.sample_id, run, answer, repeat}
}
