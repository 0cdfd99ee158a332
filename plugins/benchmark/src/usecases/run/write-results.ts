import {canonicalLine} from '@ep23/plugin-exporters'

import {sealsOf} from '../../domain/hashes.js'
import {RUN_FILES} from '../../domain/run-folder.js'
import {type Assessment, RUN_FORMAT, type RunResult} from '../../domain/run-result.js'
import type {JudgedRun} from './begin-run.js'
import {projectionsOf} from './projections.js'
import type {RunDeps, RunRequest} from './run-request.js'
import type {AssessedRun} from './write-samples.js'

/** Writes the projections, then `run.json`, which makes the run complete; the journal of a complete run is not needed any more. */
export async function writeResults(
  deps: RunDeps,
  request: RunRequest,
  run: JudgedRun,
  {assessment, files: lines}: AssessedRun,
): Promise<RunResult> {
  const result = runResult(deps, request, run, assessment)
  const projections = await projectionsOf({...result, seals: {}})
  const written = [run.dataset.file, ...lines]
  for (const [name, text] of Object.entries(projections)) written.push(await deps.folder.write(name, text))
  written.push(await writePlan(deps, run, result))
  const files = written.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const sealed = {...result, files, seals: sealsOf({...result, files}, deps.hashText)}
  // Before the run is there: one that ended must never be out of order.
  await deps.folder.end()
  await deps.folder.write(RUN_FILES.result, `${JSON.stringify(sealed, undefined, 2)}\n`)
  await closeJournals(deps, run)
  return sealed
}

/** Those of a run that a limit has stopped stay for `--resume`. */
async function closeJournals({folder}: RunDeps, {journal, answers, stopped}: JudgedRun): Promise<void> {
  await journal.close()
  await answers?.journal.close()
  await folder.remove(RUN_FILES.concurrency)
  if (stopped !== undefined) return
  await folder.remove(RUN_FILES.journal)
  await folder.remove(RUN_FILES.answerJournal)
}

function runResult(
  deps: RunDeps,
  request: RunRequest,
  {plan, dataset, stopped}: JudgedRun,
  assessment: Assessment,
): Omit<RunResult, 'seals'> {
  const {run_id, identity, started_at, attempts, spent_seconds: earlier} = plan
  const finished = deps.clock.now()
  return {
    format_version: RUN_FORMAT,
    ep23_version: deps.version,
    run_id,
    trace_id: deps.run.trace_id,
    fingerprint: deps.hashText(canonicalLine(identity)),
    identity,
    scenario: request.scenario,
    dataset: dataset.facts,
    dry_run: request.dryRun,
    calibrations: request.calibrations,
    require_calibration: request.requireCalibration,
    assessment,
    hardware: deps.hardware,
    started_at,
    finished_at: finished.toISOString(),
    duration_seconds: earlier + (finished.getTime() - deps.run.started_at.getTime()) / 1000,
    attempts,
    stopped_early: stopped !== undefined,
    baseline: request.baseline,
    language: deps.language,
    files: [],
  }
}

/** With the time of all attempts, for `--resume` of a run that a limit has stopped. */
function writePlan(
  {folder}: RunDeps,
  {plan: begun}: JudgedRun,
  {duration_seconds}: Pick<RunResult, 'duration_seconds'>,
) {
  const plan = {...begun, spent_seconds: duration_seconds}
  return folder.write(RUN_FILES.plan, `${JSON.stringify(plan, undefined, 2)}\n`)
}
