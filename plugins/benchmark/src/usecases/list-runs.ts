import type {BaselineHead} from '../domain/baseline.js'
import type {RunResult} from '../domain/run-result.js'

export interface ListedRun {
  run_id: string
  scenario: string
  judge: string
  model: string | null
  verdict: string
  samples: number
  dataset_root: string
  dry_run: boolean
  stopped_early: boolean
  finished_at: string
  folder: string
}

export interface ListedBaseline {
  name: string
  run_id: string
  scenario: string
  judge: string
  verdict: string
  blessed_at: string
  note: string | null
}

export interface RunList {
  runs: ListedRun[]
  /** Going on or stopped (`problem` null), or damaged. */
  unfinished: {run_id: string; folder: string; problem: string | null}[]
  baselines: ListedBaseline[]
  /** Baselines that cannot be read, and why. */
  damaged_baselines: {name: string; problem: string}[]
}

interface FoundBaselines {
  heads: readonly BaselineHead[]
  damaged: RunList['damaged_baselines']
}

interface FoundRuns {
  finished: readonly {folder: string; run: RunResult}[]
  unfinished: RunList['unfinished']
}

export function toRunList(
  {finished, unfinished}: FoundRuns,
  {heads, damaged}: FoundBaselines,
  {scenario, limit}: {scenario: string | undefined; limit: number},
): RunList {
  const isWanted = ({run}: {run: RunResult}) => scenario === undefined || run.identity.scenario.name === scenario
  return {
    runs: finished.filter(isWanted).slice(0, limit).map(listedRun),
    unfinished,
    baselines: heads.filter(isWanted).map(listedBaseline),
    damaged_baselines: damaged,
  }
}

export function renderRunList(list: RunList, {scenario}: {scenario?: string | undefined} = {}): string[] {
  const {runs, unfinished, baselines, damaged_baselines: damaged} = list
  if (runs.length + unfinished.length + baselines.length + damaged.length === 0) return [nothingFound(scenario)]
  return [
    ...runs.map(run => `${run.run_id}  ${run.verdict.padEnd(10)}  ${run.scenario}, ${run.judge}, ${samplesOf(run)}`),
    ...unfinished.map(({run_id, problem}) =>
      problem === null
        ? `${run_id}  unfinished  go on with benchmark:run --resume`
        : `${run_id}  damaged     ${problem}`,
    ),
    ...damaged.map(({name, problem}) => `baseline ${name}: damaged, ${problem}`),
    ...baselines.map(({name, run_id, verdict}) => `baseline ${name}: ${run_id} (${verdict})`),
  ]
}

function nothingFound(scenario: string | undefined): string {
  return scenario === undefined
    ? 'no runs yet: ep23 benchmark:run --scenario channel_digest_ru'
    : `no runs of the scenario ${scenario}; without --scenario all of them are listed`
}

function samplesOf({samples, dry_run, stopped_early}: ListedRun): string {
  return [`${samples} samples`, ...(dry_run ? ['dry run'] : []), ...(stopped_early ? ['stopped early'] : [])].join(', ')
}

function listedRun({folder, run}: {folder: string; run: RunResult}): ListedRun {
  const {identity, assessment} = run
  return {
    run_id: run.run_id,
    scenario: identity.scenario.name,
    judge: identity.judge.name,
    model: identity.judge.model,
    verdict: assessment.verdict,
    samples: assessment.samples.samples,
    dataset_root: identity.dataset.merkle_root,
    dry_run: run.dry_run,
    stopped_early: run.stopped_early,
    finished_at: run.finished_at,
    folder,
  }
}

function listedBaseline({name, run, blessed_at, note}: BaselineHead): ListedBaseline {
  const {identity, assessment} = run
  return {
    name,
    run_id: run.run_id,
    scenario: identity.scenario.name,
    judge: identity.judge.name,
    verdict: assessment.verdict,
    blessed_at,
    note,
  }
}
