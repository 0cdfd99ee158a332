import {type Cell, type TextBlock, type Message, joined} from '@ep23/sdk'

import type {BaselineHead} from '../domain/baseline.js'
import type {RunResult} from '../domain/run-result.js'
import {message} from '../words/words.js'
import {verdictCell} from './verdict-in.js'

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
  unfinished: {run_id: string; folder: string; problem: Message | null}[]
  baselines: ListedBaseline[]
  /** Baselines that cannot be read, and why. */
  damaged_baselines: {name: string; problem: Message}[]
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

/** The verdict of each run first; what is unfinished or damaged below. */
export function renderRunList(list: RunList, {scenario}: {scenario?: string | undefined} = {}): TextBlock[] {
  const {runs, unfinished, baselines, damaged_baselines: damaged} = list
  if (runs.length + unfinished.length + baselines.length + damaged.length === 0) return [nothingFound(scenario)]
  return [
    {columns: RUN_COLUMNS, rows: runs.map(runRow)},
    {
      columns: ['verdict', 'run', 'what to do'].map(title => ({title})),
      rows: unfinished.map(({run_id, problem}) => [
        verdictCell(problem === null ? 'unfinished' : 'damaged'),
        run_id,
        problem ?? message('goOnResume'),
      ]),
    },
    {columns: BASELINE_COLUMNS, rows: baselines.map(({verdict, name, run_id}) => [verdictCell(verdict), name, run_id])},
    ...damaged.map(({name, problem}) =>
      verdictCell('damaged', word => message('damagedBaseline', {word, name, problem})),
    ),
  ]
}

const RUN_COLUMNS = [
  {title: 'verdict', kind: 'name'},
  {title: 'run', kind: 'name'},
  {title: 'samples', kind: 'number'},
  {title: 'scenario'},
  {title: 'judge'},
  {title: 'note'},
] as const

const BASELINE_COLUMNS = [
  {title: 'verdict', kind: 'name'},
  {title: 'baseline', kind: 'name'},
  {title: 'run', kind: 'name'},
] as const

function runRow({verdict, run_id, samples, scenario, judge, dry_run, stopped_early}: ListedRun): Cell[] {
  const notes = [...(dry_run ? [message('dryRun')] : []), ...(stopped_early ? [message('stoppedEarly')] : [])]
  return [verdictCell(verdict), run_id, String(samples), scenario, judge, joined(notes)]
}

function nothingFound(scenario: string | undefined): Message {
  return scenario === undefined ? message('noRunsYet') : message('noRunsOf', {scenario})
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
