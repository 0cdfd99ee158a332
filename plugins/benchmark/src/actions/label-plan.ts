import {join, relative} from 'node:path'

import {type CommandResult, type Runtime, usageError, type Message} from '@ep23/sdk'

import {assertRaters, writePlan} from '../adapters/label/label-folder.js'
import {textsOf} from '../adapters/label/run-texts.js'
import {findRun} from '../adapters/runs-directory.js'
import {hashText} from '../adapters/sha256.js'
import type {LabelPlan} from '../domain/label/label-plan.js'
import {DEFAULT_RUBRIC} from '../domain/label/rubric.js'
import type {StoredRun} from '../domain/run-folder.js'
import type {LabelPlanFlags} from '../label-flags.js'
import {candidatesOf} from '../usecases/label/candidates.js'
import {withDoubts} from '../usecases/label/doubts.js'
import {type Candidate, makePlan, type PlanOptions} from '../usecases/label/make-plan.js'
import {message} from '../words/words.js'

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
  // A run's id in the name would tell raters whose texts they see.
  const name = flags.name ?? `${mode}-${hashText(`${seed} ${runs.map(({run}) => run.run_id).join(' ')}`).slice(0, 8)}`
  assertName(name)
  const warmUp = flags['warm-up'] ?? (size >= WARM_UP_FROM ? WARM_UP : 0)
  const options = {name, mode, seed, size, overlap, warmUp, raters, sampling, folder: join(flags['labels-dir'], name)}
  const {folder, plan} = await drawPlan(runs, {...options, taken: new Set()})
  const data = {
    folder,
    plan: name,
    mode,
    pool: plan.pool,
    items: plan.items.length,
    raters: Object.entries(plan.raters).map(([rater, showings]) => ({rater, showings: showings.length})),
  }
  return {data, text: planLines(data)}
}

export interface DrawOptions extends Omit<PlanOptions, 'scores' | 'runs'> {
  folder: string
  /** Texts that are not to be drawn, as run and sample. */
  taken: ReadonlySet<string>
}

/** Draws a plan from runs and writes it. */
export async function drawPlan(
  runs: readonly StoredRun[],
  {folder, taken, ...options}: DrawOptions,
): Promise<{folder: string; plan: LabelPlan}> {
  const texts = (await Promise.all(runs.map(textsOf))).flat()
  const left = texts.filter(({run_id, sample}) => !taken.has(`${run_id} ${sample.sample_id}`))
  const pool = candidatesOf(options.sampling === 'uncertain' ? withDoubts(left) : left, options.mode)
  assertPool(pool, options.mode)
  const made = makePlan(
    pool,
    {
      ...options,
      scores: Object.keys(DEFAULT_RUBRIC.scores),
      runs: Object.fromEntries(runs.map(({run, folder: from}) => [run.run_id, relative(folder, from)])),
    },
    hashText,
  )
  await writePlan(folder, made)
  return {folder, plan: made.plan}
}

/** A plan's name is a folder's, and stands where the commands' own words do. */
function assertName(name: string): void {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u.test(name)
  if (isPlain && !['plan', 'status', 'report', 'reveal', 'export'].includes(name)) return
  throw usageError(message('notPlanName', {name}), [message('planNameRule')])
}

function assertRuns(runs: readonly StoredRun[], mode: LabelPlan['mode']): void {
  if (new Set(runs.map(({run}) => run.run_id)).size < runs.length)
    throw usageError(message('runNamedTwice'), [message('nameEachOnce')])
  if (mode === 'pair' && runs.length < 2) throw usageError(message('pairsNeedTwo'), [message('giveAnother')])
}

function assertPool(pool: readonly Candidate[], mode: LabelPlan['mode']): void {
  if (pool.length === 0)
    throw usageError(mode === 'pair' ? message('noDifferentDay') : message('noTextsInRuns'), [
      message('chooseOtherRuns'),
    ])
}

function planLines({folder, items, pool, raters}: LabelPlanData): Message[] {
  return [
    message('itemsOf', {items, pool, folder}),
    ...raters.map(({rater, showings}) => message('raterHas', {rater, showings})),
    message('keepKey', {key: join(folder, 'key.json')}),
    message('nowLabel', {folder, rater: raters[0]?.rater ?? 'NAME'}),
  ]
}
