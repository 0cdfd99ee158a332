import {stat} from 'node:fs/promises'
import {basename, dirname, join, relative, resolve} from 'node:path'

import {type CommandResult, type Message, type Runtime, usageError, verbatim, writeFileAtomically} from '@ep23/sdk'

import {fileFacts} from '../adapters/run-archive.js'
import {openStoredRun} from '../adapters/stored-run.js'
import type {StoredRun} from '../domain/run-folder.js'
import {RUN_FILES, RUNS_FOLDER} from '../domain/run-folder.js'
import type {PilotFlags, RunFlags} from '../flags.js'
import {type ComparableRun, compareOrRefuse} from '../usecases/compare/compare-runs.js'
import {type Evidence, type Pilot, type PilotRun, renderPilotLog} from '../usecases/pilot-log.js'
import {archivedReport, archiveRun} from './archive.js'
import {openComparable, toComparable} from './compare.js'
import {runScenario} from './run.js'
import {message} from '../words/words.js'

const PILOT_LOG = 'stage_05_03_pilot_log.md'

/** Stored scores are of the stored answers, and always the same. */
const AS_STORED = {
  'dry-run': true,
  judge: undefined,
  'judge-repeats': 1,
  'answer-repeats': 1,
  'answer-writer': undefined,
}

/**
 * The pilot: a dry run, a live run, their comparison, and a log with evidence to sign.
 * @throws Ep23Error USAGE (64) when the log exists: it may be signed
 */
export async function runPilot(runtime: Runtime, flags: PilotFlags): Promise<CommandResult<Pilot>> {
  const logPath = resolve(flags.log ?? join(runtime.settings.datasetDir, PILOT_LOG))
  if (!flags.replace && (await exists(logPath)))
    throw usageError(message('logExists', {logPath}), [message('replaceLog'), message('otherLog')])
  const dry = await runPart(runtime, 'dry', {...flags, ...AS_STORED})
  const live = await runPart(runtime, 'live', {...flags, 'dry-run': false})
  const found = await openStoredRun(live.data.folder)
  const before = await openBefore(runtime, flags.against, dry.data)
  const comparison = compareOrRefuse(before, await toComparable(found))
  const pilot: Pilot = {
    scenario: live.data.scenario.name,
    dry_run: dry.data,
    live_run: live.data,
    against: flags.against === undefined ? message('theDryRun') : verbatim(flags.against),
    comparison,
    evidence: await evidenceOf(dry.data, found, dirname(logPath)),
    log_path: logPath,
  }
  await writeFileAtomically(logPath, await renderPilotLog(pilot, runtime.settings.lang))
  runtime.describeRun({pilot: {dry: dry.data.run_id, live: live.data.run_id, verdict: live.data.assessment.verdict}})
  const result = {data: pilot, text: textOf(pilot), warnings: live.warnings ?? []}
  return live.exit === undefined ? result : {...result, exit: live.exit}
}

/** Both runs are of one process: each gets a run id of its own. */
function runPart(
  runtime: Runtime,
  part: string,
  flags: RunFlags & {'dry-run': boolean},
): Promise<CommandResult<PilotRun>> {
  const run_id = `${runtime.run.run_id}-${part}`
  const output = join(runtime.settings.datasetDir, RUNS_FOLDER, run_id)
  const run = {...runtime.run, run_id, started_at: runtime.clock.now()}
  return runScenario({...runtime, run}, {...flags, resume: false, baseline: undefined, output})
}

/** What the live run is compared with. */
async function openBefore({settings}: Runtime, against: string | undefined, dry: PilotRun): Promise<ComparableRun> {
  return against === undefined
    ? toComparable(await openStoredRun(dry.folder))
    : openComparable(settings.datasetDir, against)
}

async function evidenceOf(dry: PilotRun, live: StoredRun, logFolder: string): Promise<Evidence[]> {
  const report = join(live.folder, 'report.html')
  await writeFileAtomically(report, await archivedReport(live))
  const archives = await Promise.all(
    [await openStoredRun(dry.folder), live].map(found =>
      archiveRun(found, {output: `${found.folder}.tar.gz`, version: live.run.ep23_version}),
    ),
  )
  const files: [what: Message, path: string][] = [
    [message('dryResult'), join(dry.folder, RUN_FILES.result)],
    [message('dryArchive'), archives[0]?.path ?? ''],
    [message('liveResult'), join(live.folder, RUN_FILES.result)],
    [message('liveReport'), report],
    [message('liveArchive'), archives[1]?.path ?? ''],
  ]
  return Promise.all(
    files.map(async ([what, path]) => {
      const facts = await fileFacts(dirname(path), basename(path))
      return {what, path: relative(logFolder, path), sha256: facts?.sha256 ?? ''}
    }),
  )
}

function textOf({dry_run: dry, live_run: live, comparison, log_path}: Pilot): Message[] {
  return [
    message('dryRunIs', {run: dry.run_id, verdict: dry.assessment.verdict}),
    message('liveRunIs', {run: live.run_id, verdict: live.assessment.verdict}),
    'refused' in comparison
      ? message('comparisonRefused', {why: comparison.refused})
      : message('comparisonIs', {verdict: comparison.verdict}),
    message('pilotLog', {path: log_path}),
  ]
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
