import {ownField} from '@ep23/sdk'
import {differenceInterval} from '@ep23/statistics'
import {
  drawDistinct,
  splitAtRandom,
  type Knob,
  settingAt,
  type Setting,
  spaceSize,
  type Objectives,
  paretoFront,
} from '../domain/tuning.js'
import {rangeOf} from './evaluation-report.js'
import type {FrontSetting, TestedQuery, Trial, TrialView, TuningMethod, TuningResult} from '../domain/tuning-result.js'

export interface TuningPlan {
  knobs: readonly Knob[]
  method: TuningMethod
  /** Settings that are tried at most. */
  budget: number
  seed: number
  trainShare: number
  /** Ids of the judged queries. */
  queries: readonly string[]
}

export interface TuneDeps {
  /** Measures a setting, or finds what an interrupted run measured. */
  measure: (setting: Setting, part: Trial['part'], queries: readonly string[]) => Promise<Trial>
  onTrial: (done: number, expected: number, best: Trial) => void
}

export type Tuned = Pick<TuningResult, 'queries' | 'current' | 'front' | 'best' | 'space'> & {
  settings: number
  tested: Omit<TestedQuery, 'text'>[]
}

/**
 * Chooses settings on one part of the queries and measures the chosen ones, and the current configuration, on the other: the
 * gain is then no artefact of having picked the luckiest of many.
 */
export async function tuneRetrieval(deps: TuneDeps, plan: TuningPlan): Promise<Tuned> {
  const [train, test] = splitAtRandom(plan.queries, plan.trainShare, plan.seed)
  const settings = settingsOf(plan)
  const trials =
    plan.method === 'halving' ? await halve(deps, settings, train) : await measureAll(deps, settings, train)
  const [best, ...others] = paretoFront(trials, objectivesOf).sort((a, b) => b.quality.estimate - a.quality.estimate)
  if (best === undefined) throw new RangeError('the space has no setting')
  const current = await deps.measure({}, 'test', test)
  const front: [Chosen, ...Chosen[]] = [{train: best, test: await deps.measure(best.setting, 'test', test)}]
  for (const train of others) front.push({train, test: await deps.measure(train.setting, 'test', test)})
  const [first, ...rest] = front
  return {
    queries: {train: train.length, test: test.length},
    space: spaceSize(plan.knobs),
    settings: settings.length,
    current: viewOf(current),
    front: [frontSetting(current, first), ...rest.map(chosen => frontSetting(current, chosen))],
    best: best.setting,
    tested: test.map(query => ({
      query,
      current: valueFor(current, query),
      front: [valueFor(first.test, query), ...rest.map(chosen => valueFor(chosen.test, query))],
    })),
  }
}

interface Chosen {
  train: Trial
  test: Trial
}

function frontSetting(current: Trial, {train, test}: Chosen): FrontSetting {
  return {train: viewOf(train), test: viewOf(test), gain: gainOf(current, test)}
}

function valueFor({values, part}: Trial, query: string): number {
  const value = ownField(values, query)
  if (value === undefined) throw new RangeError(`the ${part} trial has no value for the query ${query}`)
  return value
}

function settingsOf({knobs, method, budget, seed}: TuningPlan): Setting[] {
  const size = spaceSize(knobs)
  const numbers = method === 'grid' ? Array.from({length: size}, (_, i) => i) : drawDistinct(size, budget, seed)
  return numbers.slice(0, budget).map(number => settingAt(knobs, number))
}

async function measureAll(deps: TuneDeps, settings: readonly Setting[], queries: readonly string[]): Promise<Trial[]> {
  const trials: Trial[] = []
  for (const setting of settings) {
    trials.push(await deps.measure(setting, 'train', queries))
    deps.onTrial(trials.length, settings.length, bestOf(trials))
  }
  return trials
}

const LEAST_QUERIES = 8
const SURVIVORS = 3

/** Successive halving (Jamieson and Talwalkar 2016): the better half goes on with twice the queries, until all are used. */
async function halve(deps: TuneDeps, settings: readonly Setting[], queries: readonly string[]): Promise<Trial[]> {
  let left = settings
  let size = Math.min(
    queries.length,
    Math.max(LEAST_QUERIES, Math.ceil((queries.length * SURVIVORS) / settings.length)),
  )
  while (size < queries.length && left.length > SURVIVORS) {
    const trials = await measureAll(deps, left, queries.slice(0, size))
    const kept = Math.max(SURVIVORS, Math.ceil(left.length / 2))
    left = trials
      .sort((a, b) => b.quality.estimate - a.quality.estimate)
      .slice(0, kept)
      .map(({setting}) => setting)
    size = Math.min(queries.length, size * 2)
  }
  return measureAll(deps, left, queries)
}

// Differences below a millisecond are the machine's, not the setting's.
function objectivesOf({quality, variance_ratio, latency_seconds}: Trial): Objectives {
  return {
    quality: quality.estimate,
    varianceRatio: variance_ratio?.estimate ?? 1,
    latencySeconds: Math.round(latency_seconds.estimate * 1000) / 1000,
  }
}

function gainOf(current: Trial, tested: Trial): FrontSetting['gain'] {
  const differences = Object.entries(tested.values).map(([query, value]) => value - valueFor(current, query))
  const {estimate, low, high} = rangeOf(differenceInterval(differences))
  const improved = differences.filter(difference => difference > 0).length
  const worse = differences.filter(difference => difference < 0).length
  return {estimate, low, high, improved, worse}
}

function bestOf(trials: readonly Trial[]): Trial {
  return trials.reduce((best, trial) => (trial.quality.estimate > best.quality.estimate ? trial : best))
}

function viewOf({values: _values, ...view}: Trial): TrialView {
  return view
}
