import type {AdaptiveLimit} from '@ep23/llm'
import {usageError, type Judge, type PluginContribution, type Runtime} from '@ep23/sdk'

import type {Scenario} from '../../domain/scenario.js'
import type {LlmJudgeFlags} from './llm/llm-judge-flags.js'
import {lexicalJudge} from './lexical-judge.js'
import {recordedJudge} from './recorded-judge.js'

export interface JudgeSources {
  runtime: Runtime
  contributions: readonly PluginContribution[]
  llm: LlmJudgeFlags
  /** Shared with whoever else asks the same server; one of its own without. */
  limit?: AdaptiveLimit
}

/**
 * The judge that `--judge` or the scenario names: `lexical`, `recorded`, `llm`, or one that a plugin brings.
 * @throws Ep23Error USAGE (64) for another name, and for an `llm` judge without a server or a model
 */
export async function openJudge(name: string, scenario: Scenario, sources: JudgeSources): Promise<Judge> {
  if (scenario.runner) return (await import('./runner-judge.js')).runnerJudge(scenario, sources.runtime)
  if (name === 'lexical') return lexicalJudge()
  if (name === 'recorded') return recordedJudge(scenario.scores)
  if (name === 'llm') return (await import('./llm/open-llm-judge.js')).openLlmJudge(scenario, sources)
  const contributed = sources.contributions.flatMap(({judges = []}) => judges)
  const found = contributed.find(judge => judge.name === name)
  if (!found)
    throw usageError(`there is no judge ${name}`, [
      `known: ${['lexical', 'recorded', 'llm', ...contributed.map(judge => judge.name)].join(', ')}`,
    ])
  const {settings, signal} = sources.runtime
  return found.open({section: settings.section('benchmark'), signal})
}
