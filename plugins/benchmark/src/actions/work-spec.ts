import {canonicalLine} from '@ep23/plugin-exporters'
import {badDataError, type Ep23Error} from '@ep23/sdk'

import type {Scenario} from '../domain/scenario.js'
import {type AskingFlags, askingFlags} from '../answer-flags.js'
import type {BenchmarkFlags} from '../flags.js'
import {judgeFacts, writerFacts} from '../usecases/run/begin-run.js'
import {judgeNameOf, type Parts} from './open-parts.js'
import {message} from '../words/words.js'

/** How a worker opens judge and writer, and what they must turn out to be. No flag of it is a secret. */
export interface WorkSpec {
  scenario: Scenario
  judge: string
  flags: AskingFlags
  /** Of the run's own judge and writer: another model, prompt, server or formula would give other numbers. */
  facts: Facts
}

type Facts = Readonly<Record<string, unknown>>

export function workSpecOf(flags: BenchmarkFlags, {scenario, ...parts}: Parts & {scenario: Scenario}): WorkSpec {
  const asking = Object.entries(flags).filter(([name]) => name in askingFlags)
  return {
    scenario,
    judge: judgeNameOf(flags, scenario),
    flags: Object.fromEntries(asking) as AskingFlags,
    facts: factsOf(parts),
  }
}

/** @throws Ep23Error BENCHMARK_WORKER_DIFFERS (65) when this worker would give other numbers than the run's own process */
export function assertSameParts({facts}: WorkSpec, parts: Parts): void {
  assertSameFacts(facts, factsOf(parts))
}

/** @throws Ep23Error BENCHMARK_WORKER_DIFFERS (65), naming each difference */
export function assertSameFacts(facts: Facts, own: Facts): void {
  const differing = [...new Set([...Object.keys(facts), ...Object.keys(own)])].filter(
    name => canonicalLine({fact: own[name] ?? null}) !== canonicalLine({fact: facts[name] ?? null}),
  )
  if (differing.length > 0) throw differsError(differing.map(name => difference(name, facts[name], own[name])))
}

function differsError(differences: readonly string[]): Ep23Error {
  return badDataError('BENCHMARK_WORKER_DIFFERS', message('workerDiffers', {differences: differences.join('\n  ')}), [
    message('sameAsRun'),
  ])
}

function difference(name: string, theirs: unknown, own: unknown): string {
  return `${name}: the run has ${JSON.stringify(theirs) ?? 'none'}, this worker ${JSON.stringify(own) ?? 'none'}`
}

/** By name, settings one by one. */
function factsOf({judge, answers}: Parts): Facts {
  const {settings, ...rest} = judgeFacts(judge)
  const writer = answers ? writerFacts(answers.writer) : {}
  return {...prefixed('judge', rest), ...prefixed('judge', settings), ...prefixed('writer', writer)}
}

function prefixed(prefix: string, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`${prefix} ${name}`, fact]))
}
