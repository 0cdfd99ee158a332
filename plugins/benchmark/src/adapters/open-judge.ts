import {usageError, type Judge, type PluginContribution} from '@ep23/sdk'

import type {Scenario} from '../domain/scenario.js'
import {injectionJudge, lexicalJudge, recordedJudge} from './offline-judges.js'
import type {AskerSources} from './open-asker.js'
import {message} from '../words/words.js'

export interface JudgeSources extends AskerSources {
  contributions: readonly PluginContribution[]
}

/**
 * The judge that `--judge` or the scenario names: `lexical`, `recorded`, `llm`, or one that a plugin brings.
 * @throws Ep23Error USAGE (64) for another name, and for an `llm` judge without a server or a model
 */
export async function openJudge(name: string, scenario: Scenario, sources: JudgeSources): Promise<Judge> {
  if (scenario.runner) return (await import('./runner-judge.js')).runnerJudge(scenario, sources.runtime)
  if (name === 'lexical') return lexicalJudge()
  if (name === 'injection') return injectionJudge()
  if (name === 'recorded') return recordedJudge(scenario.scores)
  if (name === 'llm') return (await import('./llm-judge.js')).openLlmJudge(scenario, sources)
  const contributed = sources.contributions.flatMap(({judges = []}) => judges)
  const found = contributed.find(judge => judge.name === name)
  if (!found)
    throw usageError(message('noJudge', {name}), [
      message('knownAre', {
        names: ['lexical', 'recorded', 'llm', 'injection', ...contributed.map(judge => judge.name)].join(', '),
      }),
    ])
  const {settings, signal} = sources.runtime
  return found.open({section: settings.section('benchmark'), signal})
}
