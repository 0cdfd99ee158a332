import {join, relative} from 'node:path'

import {type CommandResult, type Runtime, usageError} from '@ep23/sdk'

import {assertRaters, writePlan} from '../adapters/label/label-folder.js'
import {textsOf} from '../adapters/label/run-texts.js'
import {findRun} from '../adapters/runs-directory.js'
import {hashText} from '../adapters/sha256.js'
import type {LabelPlan} from '../domain/label/label-plan.js'
import {DEFAULT_RUBRIC} from '../domain/label/rubric.js'
import type {StoredRun} from '../domain/run-folder.js'
import type {LabelPlanFlags} from '../label-flags.js'
import {candidatesOf} from '../usecases/label/candidates.js'
import {type Candidate, makePlan} from '../usecases/label/make-plan.js'

export interface LabelPlanData {
  folder: string
  plan: string
  mode: LabelPlan['mode']
  pool: number
  items: number
  raters: readonly {rater: string; showings: number}[]
}

const WARM_UP = 10
const WARM_UP_FROM = 50

/** `benchmark:label plan`. */
export async function planLabels({settings}: Runtime, flags: LabelPlanFlags): Promise<CommandResult<LabelPlanData>> {
  const {mode, size, overlap, seed, by: sampling} = flags
  const raters = flags.raters.split(',').map(rater => rater.trim())
  assertRaters(raters)
  const runs = await Promise.all(flags.run.map(run => findRun(settings.datasetDir, run)))
  assertRuns(runs, mode)
  const pool = candidatesOf((await Promise.all(runs.map(textsOf))).flat(), mode)
  assertPool(pool, flags)
  // A run's id in the name would tell raters whose texts they see.
  const name = flags.name ?? `${mode}-${hashText(`${seed} ${runs.map(({run}) => run.run_id).join(' ')}`).slice(0, 8)}`
  const folder = join(flags['labels-dir'], name)
  const warmUp = flags['warm-up'] ?? (size >= WARM_UP_FROM ? WARM_UP : 0)
  const options = {
    ...{name, mode, seed, size, overlap, warmUp, raters, sampling},
    scores: Object.keys(DEFAULT_RUBRIC.scores),
    runs: Object.fromEntries(runs.map(({run, folder: from}) => [run.run_id, relative(folder, from)])),
  }
  const made = makePlan(pool, options, hashText)
  await writePlan(folder, made)
  const data = {
    folder,
    plan: name,
    mode,
    pool: pool.length,
    items: made.items.length,
    raters: Object.entries(made.plan.raters).map(([rater, showings]) => ({rater, showings: showings.length})),
  }
  return {data, text: planLines(data)}
}

function assertRuns(runs: readonly StoredRun[], mode: LabelPlan['mode']): void {
  if (new Set(runs.map(({run}) => run.run_id)).size < runs.length)
    throw usageError('a run is named twice with --run', ['name each once'])
  if (mode === 'pair' && runs.length < 2)
    throw usageError('pairs need two runs over the same days', ['give another one: --run A --run B'])
}

function assertPool(pool: readonly Candidate[], {mode, by}: LabelPlanFlags): void {
  if (pool.length === 0)
    throw usageError(
      mode === 'pair' ? 'these runs have no day for which their texts differ' : 'these runs have no texts',
      ['choose other runs: ep23 benchmark:list'],
    )
  if (by === 'uncertain' && pool.every(({uncertainty}) => uncertainty === undefined))
    throw usageError('nothing tells what the judge is unsure of: its runs judged every text once', [
      'run with --judge-repeats 3, or take items alike: --by uniform',
    ])
}

function planLines({folder, items, pool, raters}: LabelPlanData): string[] {
  return [
    `${items} of ${pool} items: ${folder}`,
    ...raters.map(({rater, showings}) => `${rater}: ${showings} to label, hidden repeats included`),
    `keep ${join(folder, 'key.json')} from the raters; the rest of the folder is theirs`,
    `now: ep23 benchmark:label ${folder} --rater ${raters[0]?.rater ?? 'NAME'}`,
  ]
}
