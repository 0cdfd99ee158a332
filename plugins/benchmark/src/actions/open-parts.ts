import type {AdaptiveLimit} from '@ep23/llm'
import type {Judge, Runtime} from '@ep23/sdk'

import {openJudge} from '../adapters/open-judge.js'
import type {AnswerOptions} from '../domain/answers.js'
import type {Scenario} from '../domain/scenario.js'
import type {AskingFlags} from '../answer-flags.js'
import type {BenchmarkFlags} from '../flags.js'
import {openAnswers} from './open-answers.js'
import {modelOptions} from './run-options.js'

interface PartsOptions {
  scenario: Scenario
  /** Name of the judge. */
  judge: string
  flags: AskingFlags
  /** Judge and writer ask one server: what it can take is found once. */
  limit: AdaptiveLimit
  /** Throws for parts that are not to be used. */
  accept: (parts: Parts) => void
}

/** Who judges and writes, opened from flags: in the run's own process and in every worker alike. */
export interface Parts {
  judge: Judge
  answers: AnswerOptions | undefined
}

/** A dry run takes stored scores, whatever the scenario says. */
export function judgeNameOf(flags: BenchmarkFlags, scenario: Scenario): string {
  return flags['dry-run'] ? 'recorded' : (flags.judge ?? scenario.judge)
}

/**
 * Whoever opens them closes the judge; one that is not to be used is closed here.
 * @throws Ep23Error USAGE (64) as judges and writers do, and what `accept` throws
 */
export async function openParts(
  runtime: Runtime,
  {scenario, judge: name, flags, limit, accept}: PartsOptions,
): Promise<Parts> {
  const sources = {runtime, llm: modelOptions(flags), limit}
  const judge = await openJudge(name, scenario, {...sources, contributions: await runtime.contributions()})
  try {
    const parts = {judge, answers: await openAnswers(flags, {scenario, judge, sources})}
    accept(parts)
    return parts
  } catch (error) {
    await judge.close?.()
    throw error
  }
}
