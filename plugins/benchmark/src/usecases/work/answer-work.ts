import type {Executor} from '../../domain/executor.js'
import type {FatalError, Outcome, Work} from '../../domain/work.js'
import {isOnPurpose} from '../run/judge-with-deadline.js'

/** Answers one question of a run as the run's own process would. What ends a run is told to the run, and not thrown here. */
export async function answerWork(
  executor: Executor,
  {kind, run, sample, answer, repeat}: Work,
  {signal, worker}: {signal: AbortSignal; worker: string},
): Promise<Outcome> {
  const context = {run, answer, repeat, signal, noMore: signal}
  try {
    return kind === 'judge'
      ? computed('judgement', await executor.judge(sample, context))
      : computed('written', await executor.write(sample, context))
  } catch (error) {
    if (!isOnPurpose(error)) throw error
    const {message, code, exit, suggestions} = error as Error & FatalError
    return {fatal: {message, code, exit, suggestions}, worker}
  }
}

function computed<K extends string, V>(key: K, value: V | undefined): Record<K, V> | {failed: string} {
  return value === undefined ? {failed: 'the worker was stopped'} : ({[key]: value} as Record<K, V>)
}
