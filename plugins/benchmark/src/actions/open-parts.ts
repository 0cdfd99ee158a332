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

/** @throws Ep23Error USAGE (64) as judges and writers do */
export async function openParts(runtime: Runtime, {scenario, judge: name, flags, limit}: PartsOptions): Promise<Parts> {
  const sources = {runtime, llm: modelOptions(flags), limit}
  const judge = await openJudge(name, scenario, {...sources, contributions: await runtime.contributions()})
  return {judge, answers: await openAnswers(flags, {scenario, judge, sources})}
}
