import {differenceTest, holmAdjust, mean, meanInterval, scoreInterval} from '@ep23/statistics'

import type {MatrixCell, Standing, WriterMatrix} from '../../domain/view-charts.js'
import type {DigestScores, RunSummary} from '../../domain/view-summary.js'

/** Below it a difference is taken for one. */
const ALPHA = 0.05

interface Entry {
  cell: Omit<MatrixCell, 'shared' | 'standing' | 'p_holm'>
  /** Scores of two instruments, or of real and synthetic digests, stand in different columns. */
  column: string
  /** The score of each digest, by sample. */
  values: ReadonlyMap<string, {channel: string; value: number}>
}

/** Two entries on the digests that both wrote. */
interface Shared {
  /** By how much the first one leads, digest by digest; empty where they share too little to compare. */
  leads: readonly number[]
  channels: readonly string[]
  shared: number
}

/** An entry beside the best one of its column; without a p where they share too little. */
interface BesideBest {
  entry: Entry
  shared: number
  /** Whether the best one has the higher mean on the digests that both wrote. */
  isBehind: boolean
  p: number | undefined
}

/**
 * Every writer by every judge that ever met, each in its newest whole run. Within a judge and a score the best one is who leads on the
 * digests that it shares with each other one: a mean over its own digests would make who wrote the easy ones alone the best. Each
 * writer is compared with it on what both wrote, channels as clusters, by the test that `benchmark:compare` uses; p values are adjusted
 * by Holm over all cells, so that a large matrix finds no more by chance than a small one. Of a judge that changed only the newest
 * signature stands in the table.
 * @param runs the newest first
 */
export function matrixOf(runs: readonly RunSummary[]): WriterMatrix {
  const entries = entriesOf(ofNewestInstruments(runs.filter(({head}) => head.partial === null)))
  const columns = [...Map.groupBy(entries, ({column}) => column).values()].map(bestFirst)
  const compared = columns.map(againstBest)
  const tested = compared.flat().filter(({p}) => p !== undefined)
  const adjusted = holmAdjust(tested.map(({p}) => p ?? 1))
  const pOf = new Map(tested.map(({entry}, index) => [entry, adjusted[index] ?? 1]))
  return {
    scores: [...new Set(entries.map(({cell}) => cell.score))],
    cells: columns.flatMap((column, index) => withStanding(column, compared[index] ?? [], pOf)),
  }
}

/** A judge's name with the scenario where there are several; runs of an older signature of it are left out. */
function ofNewestInstruments(runs: readonly RunSummary[]): {run: RunSummary; judge: string}[] {
  const several = new Set(runs.map(({head}) => head.instrument.scenario)).size > 1
  const newest = new Map<string, string>()
  return runs.flatMap(run => {
    const {model, judge, prompt, scenario, signature} = run.head.instrument
    const name = [model ?? judge, prompt, several ? scenario : null].filter(Boolean).join(' · ')
    if (!newest.has(name)) newest.set(name, signature)
    return newest.get(name) === signature ? [{run, judge: name}] : []
  })
}

function entriesOf(runs: readonly {run: RunSummary; judge: string}[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const {run, judge} of runs)
    for (const own of Map.groupBy(run.digests, ({writer, anew, origin}) =>
      JSON.stringify([writer, anew, origin]),
    ).values())
      for (const [index, score] of run.scores.entries()) {
        const entry = entryOf(own, {score, index, judge, run_id: run.head.run_id})
        if (!entry) continue
        const key = JSON.stringify([entry.column, entry.cell.writer, entry.cell.anew])
        if (!entries.has(key)) entries.set(key, entry)
      }
  return [...entries.values()]
}

function entryOf(
  digests: readonly DigestScores[],
  {index, ...named}: {score: string; index: number; judge: string; run_id: string},
): Entry | undefined {
  const values = new Map<string, {channel: string; value: number}>()
  for (const {sample_id, channel, scores} of digests) {
    const value = scores[index]
    if (typeof value === 'number') values.set(sample_id, {channel, value})
  }
  const [first] = digests
  const measured = [...values.values()]
  const {estimate, low, high} = intervalOf(measured)
  if (!first || estimate === undefined) return undefined
  const {writer, anew, origin} = first
  const interval = {mean: estimate, low: low ?? null, high: high ?? null, samples: measured.length}
  return {
    values,
    column: JSON.stringify([named.score, origin, named.judge]),
    cell: {...named, writer, anew, origin, ...interval},
  }
}

/** As a run reports it: over channels, and for one channel over its days. */
function intervalOf(measured: readonly {channel: string; value: number}[]) {
  const values = measured.map(({value}) => value)
  const channels = measured.map(({channel}) => channel)
  return new Set(channels).size > 1 ? scoreInterval(values, {clusters: channels}) : meanInterval(values)
}

/** The one that fewest others lead, then by the means: no mean over other digests makes a writer better. */
function bestFirst(column: readonly Entry[]): Entry[] {
  const isLed = (entry: Entry, other: Entry): boolean => other !== entry && meanLead(sharedBy(other, entry)) > 0
  const ledBy = new Map(column.map(entry => [entry, column.filter(other => isLed(entry, other)).length]))
  const byMean = column.toSorted((a, b) => b.cell.mean - a.cell.mean)
  const best = byMean.toSorted((a, b) => (ledBy.get(a) ?? 0) - (ledBy.get(b) ?? 0)).slice(0, 1)
  return [...best, ...byMean.filter(entry => !best.includes(entry))]
}

function againstBest([best, ...others]: readonly Entry[]): BesideBest[] {
  return best === undefined ? [] : others.map(entry => compared(best, entry))
}

function compared(best: Entry, entry: Entry): BesideBest {
  const both = sharedBy(best, entry)
  const {p} = differenceTest(both.leads, {clusters: both.channels})
  return {entry, shared: both.shared, isBehind: meanLead(both) > 0, p}
}

function sharedBy(one: Entry, other: Entry): Shared {
  const pairs = [...other.values].flatMap(([id, {channel, value}]) => {
    const own = one.values.get(id)
    return own ? [{channel, lead: own.value - value}] : []
  })
  const isEnough = new Set(pairs.map(({channel}) => channel)).size > 1
  const told = isEnough ? pairs : []
  return {leads: told.map(({lead}) => lead), channels: told.map(({channel}) => channel), shared: pairs.length}
}

function meanLead({leads}: Shared): number {
  return leads.length === 0 ? 0 : mean(leads)
}

function withStanding(
  [best, ...others]: readonly Entry[],
  comparisons: readonly BesideBest[],
  pOf: ReadonlyMap<Entry, number>,
): MatrixCell[] {
  if (!best) return []
  const standings = others.map((entry, index) => standingOf(pOf.get(entry), comparisons[index]?.isBehind ?? false))
  return [
    {...best.cell, shared: null, standing: standingOfBest(standings), p_holm: null},
    ...others.map((entry, index) => ({
      ...entry.cell,
      shared: comparisons[index]?.shared ?? 0,
      standing: standings[index] ?? ('uncompared' as const),
      p_holm: pOf.get(entry) ?? null,
    })),
  ]
}

// Writers who lead each other in a circle, each pair on digests of its own, have no best one.
function standingOf(p: number | undefined, isBehind: boolean): Standing {
  if (p === undefined) return 'uncompared'
  return p < ALPHA && isBehind ? 'worse' : 'same'
}

/** Better than the others only where it was shown against each of them. */
function standingOfBest(others: readonly Standing[]): Standing {
  if (others.every(standing => standing === 'uncompared')) return 'uncompared'
  return others.every(standing => standing === 'worse') ? 'best' : 'same'
}
