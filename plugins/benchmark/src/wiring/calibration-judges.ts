import type {Judge, Runtime} from '@ep23/sdk'

import {lexicalJudge} from '../adapters/judges/lexical-judge.js'
import {openJudge} from '../adapters/judges/open-judge.js'
import {findScenario} from '../adapters/scenarios/find-scenario.js'
import {llmJudgeOptions} from './llm-judge-options.js'

type Flags = Parameters<typeof llmJudgeOptions>[0] & {judge?: string | undefined; scenario: string}

/** The lexical judge, and the one that was asked for. */
export async function openCalibrationJudges(runtime: Runtime, flags: Flags): Promise<Judge[]> {
  const contributions = await runtime.contributions()
  // Also without a judge that asks for it: a name that is wrong must not pass unnoticed.
  const scenario = await findScenario(flags.scenario, {configDir: runtime.settings.configDir, contributions})
  if (flags.judge === undefined || flags.judge === 'lexical') return [lexicalJudge()]
  const {runner: _runner, ...withoutRunner} = scenario
  return [
    lexicalJudge(),
    await openJudge(flags.judge, withoutRunner, {runtime, contributions, llm: llmJudgeOptions(flags)}),
  ]
}
