import type {Collection, Store} from '@ep23/sdk'

import {formatDecimal, toDecimal} from './exact-decimal.js'
import {identity, isFromFuture, type MetricTotal, type Totals} from './totals.js'

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
