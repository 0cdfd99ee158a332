import {type Collection, type Store, Ep23Error, EXIT} from '@ep23/sdk'
import {formatDecimal, toDecimal} from './exact-decimal.js'
import {identity, isFromFuture, type MetricTotal, type Totals, addSamples} from './totals.js'
import {runMetricsIn} from './run-telemetry.js'
import {message} from '../words/words.js'

/** The sum of many runs, in `ep23_metrics_totals`. Written once, never changed; the highest generation holds. */
export interface TotalsDocument {
  /** One attempt at one generation. */
  fold_id: string
  /** Unique: of several attempts the first one written is the generation. */
  generation: number
  folded_at: Date
  /** Runs over all generations. */
  runs: number
  /** The runs that this generation added and that may still have their own documents. */
  folded_run_ids: readonly string[]
  /** Runs that earlier generations added: the last ten thousand, in case one of them is stored again. */
  earlier_run_ids: readonly string[]
  series: readonly StoredTotal[]
}

/** As a total, its exact sums as decimal texts. */
type StoredTotal = MetricTotal extends infer T
  ? T extends {value: object}
    ? Omit<T, 'value'> & {value: string}
    : T extends {sum: object}
      ? Omit<T, 'sum'> & {sum: string}
      : T
  : never

export function totalsIn(store: Store): Collection<TotalsDocument> {
  return store.collection<TotalsDocument>('ep23_metrics_totals')
}

/** The newest generation, if there is one. */
export async function latestTotals(store: Store): Promise<TotalsDocument | undefined> {
  for await (const document of totalsIn(store).find({}, {sort: {generation: -1}, limit: 1})) return document
  return undefined
}

/** Runs whose share is in the totals, whatever documents of theirs may turn up; the latest come last. */
export function foldedRunIds(totals: TotalsDocument | undefined): ReadonlySet<string> {
  return new Set([...(totals?.earlier_run_ids ?? []), ...(totals?.folded_run_ids ?? [])])
}

export function storedSeries(totals: Totals): StoredTotal[] {
  return [...totals.values()].map(total => {
    if (total.kind === 'counter') return {...total, value: formatDecimal(total.value)}
    return total.kind === 'histogram' ? {...total, sum: formatDecimal(total.sum)} : total
  })
}

/** @param now see `addSamples` */
export function totalsOf(document: TotalsDocument | undefined, now: Date): Totals {
  const totals = (document?.series ?? []).map((stored): MetricTotal => {
    if (stored.kind === 'counter') return {...stored, value: toDecimal(stored.value)}
    return stored.kind === 'histogram' ? {...stored, sum: toDecimal(stored.sum)} : stored
  })
  return new Map(totals.filter(total => !isFromFuture(total, now)).map(total => [identity(total), total]))
}

// Each failed attempt means that somebody folded up to a thousand runs meanwhile.
const ATTEMPTS = 10

/**
 * All metrics over all runs of all processes, exactly, also while others write, fold and delete (see `foldRuns` for
 * why). Reading again can only give more, so a counter never falls.
 * @throws code `METRICS_BUSY`, exit 75, when the runs are being folded faster than they can be read.
 */
export async function readTotals(store: Store, now = new Date()): Promise<Totals> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await latestTotals(store)
    const totals = await addUnfolded(store, before, now)
    const after = await latestTotals(store)
    if (before?.fold_id === after?.fold_id) return totals
  }
  throw new Ep23Error(message('foldedFaster', {location: store.location}), {
    code: 'METRICS_BUSY',
    exit: EXIT.tryAgain,
    suggestions: [message('tryInMoment')],
  })
}

async function addUnfolded(store: Store, latest: TotalsDocument | undefined, now: Date): Promise<Totals> {
  const totals = totalsOf(latest, now)
  const folded = foldedRunIds(latest)
  // In order of time, so that a label with too many values admits the same ones at every reading.
  for await (const run of runMetricsIn(store).find({}, {sort: {recorded_at: 1, run_id: 1}}))
    if (!folded.has(run.run_id)) addSamples(totals, run.samples, now)
  return totals
}
