import type {CommandResult, Judge, Runtime} from '@ep23/sdk'

import {saveCalibrations} from '../adapters/calibration-files.js'
import {findScenario} from '../adapters/find-scenario.js'
import {lexicalJudge} from '../adapters/offline-judges.js'
import {openJudge} from '../adapters/open-judge.js'
import {parseColumns, readLabels} from '../adapters/read-labels.js'
import {type Calibration, scoreCalibrations} from '../domain/calibration.js'
import {LEXICAL_SIGNATURE} from '../domain/lexical-scores.js'
import type {CalibrateFlags} from '../flags.js'
import {calibrate} from '../usecases/calibrate/calibrate.js'
import {renderCalibration} from '../usecases/calibrate/render-calibration.js'
import type {PeopleCalibration} from '../usecases/calibrate/render-people.js'
import {calibratePlan, type CalibratePlanFlags, namesPlan} from './calibrate-plan.js'
import {modelOptions} from './run-options.js'

/** `benchmark:calibrate`. */
export async function calibrateJudges(
  runtime: Runtime,
  flags: CalibratePlanFlags,
): Promise<CommandResult<Calibration | PeopleCalibration>> {
  const plan = await namesPlan(flags)
  return plan === undefined ? calibrateFile(runtime, flags) : calibratePlan(runtime, plan, flags)
}

async function calibrateFile(runtime: Runtime, flags: CalibrateFlags): Promise<CommandResult<Calibration>> {
  const {progress, signal, clock, settings} = runtime
  const {labels: file, sources, columns, seed, resamples, rubric = null} = flags
  const {rows, sha256} = await readLabels({path: file, columns: parseColumns(columns), sources})
  const judges = await openJudges(runtime, flags)
  const deps = {progress, signal, judges, lexicalSignature: LEXICAL_SIGNATURE}
  const calibration = await calibrate(deps, rows, {file, sha256, seed, resamples, confidence: 0.95}).finally(() =>
    Promise.all(judges.map(async judge => judge.close?.())),
  )
  const saved = flags.save
    ? await saveCalibrations(settings.datasetDir, scoreCalibrations(calibration, {at: clock.now(), rubric}))
    : []
  const data = {...calibration, saved}
  return {data, text: renderCalibration(data)}
}

/** The lexical judge, and the one that was asked for. */
async function openJudges(runtime: Runtime, flags: CalibrateFlags): Promise<Judge[]> {
  const contributions = await runtime.contributions()
  // Also without a judge that asks for it: a name that is wrong must not pass unnoticed.
  const scenario = await findScenario(flags.scenario, {configDir: runtime.settings.configDir, contributions})
  if (flags.judge === undefined || flags.judge === 'lexical') return [lexicalJudge()]
  const {runner: _runner, ...withoutRunner} = scenario
  const sources = {runtime, contributions, llm: modelOptions(flags)}
  return [lexicalJudge(), await openJudge(flags.judge, withoutRunner, sources)]
}
