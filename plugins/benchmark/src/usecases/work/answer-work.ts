import type {Executor} from '../../domain/executor.js'
import type {FatalError, Outcome, SampleWork} from '../../domain/work.js'
import {isOnPurpose} from '../run/judge-with-deadline.js'

/** Answers one question of a run as the run's own process would. @throws what ends a run */
export async function answerSample(
  executor: Executor,
  {kind, run, sample, answer, repeat}: SampleWork,
  signal: AbortSignal,
): Promise<Outcome> {
  const context = {run, answer, repeat, signal, noMore: signal}
  return kind === 'judge'
    ? computed('judgement', await executor.judge(sample, context))
    : computed('written', await executor.write(sample, context))
}

/** What ends who asked is told to them, and not thrown here. @throws what is a mistake of the program */
export async function toldIfFatal(answering: Promise<Outcome>, worker: string): Promise<Outcome> {
  try {
    return await answering
  } catch (error) {
    if (!isOnPurpose(error)) throw error
    const {message, code, exit, suggestions} = error as Error & FatalError
    return {fatal: {message, code, exit, suggestions}, worker}
  }
}

function computed<K extends string, V>(key: K, value: V | undefined): Record<K, V> | {failed: string} {
  return value === undefined ? {failed: 'the worker was stopped'} : ({[key]: value} as Record<K, V>)
}
