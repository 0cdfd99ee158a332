import {clusterMeanTest, holmAdjust, meanInterval, scoreInterval} from '@ep23/statistics'

import type {WriterMatrix, MatrixCell} from '../../domain/view-charts.js'
import type {DigestScores, RunSummary} from '../../domain/view-summary.js'

/** Below it a difference is taken for one. */
const ALPHA = 0.05

interface Entry {
  cell: Omit<MatrixCell, 'standing' | 'p_holm'>
  /** The score of each digest, by sample. */
  values: ReadonlyMap<string, {channel: string; value: number}>
}

/**
 * Every writer by every judge that ever met, each in its newest whole run. Within a judge and a score each writer is compared with the
 * best one on the digests that both wrote, channels as clusters; p values are adjusted by Holm over all cells, so that a large matrix
 * finds no more by chance than a small one.
 * @param runs the newest first
 */
export function matrixOf(runs: readonly RunSummary[]): WriterMatrix {
  const entries = entriesOf(runs.filter(({head}) => head.partial === null))
  const columns = [...Map.groupBy(entries, ({cell}) => `${cell.score} ${cell.origin} ${cell.judge}`).values()]
  const tests = columns.flatMap(againstBest)
  const adjusted = holmAdjust(tests.map(({p}) => p))
  const pOf = new Map(tests.map(({entry}, index) => [entry, adjusted[index] ?? 1]))
  return {
    scores: [...new Set(entries.map(({cell}) => cell.score))],
    cells: columns.flatMap(column => withStanding(column, pOf)),
  }
}

function entriesOf(runs: readonly RunSummary[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const {head, scores, digests} of runs)
    for (const [writer, own] of Map.groupBy(digests, digest => `${digest.writer}\n${digest.origin}`))
      for (const [index, score] of scores.entries()) {
        const {model, judge, prompt} = head.instrument
        const name = [model ?? judge, prompt].filter(Boolean).join(' · ')
        const key = JSON.stringify([score, writer, name, head.instrument.signature])
        const entry = entries.has(key) ? undefined : entryOf(own, {score, index, judge: name, run_id: head.run_id})
        if (entry) entries.set(key, entry)
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
  const {writer, origin} = first
  return {
    values,
    cell: {...named, writer, origin, mean: estimate, low: low ?? null, high: high ?? null, samples: measured.length},
  }
}

/** As a run reports it: over channels, and for one channel over its days. */
function intervalOf(measured: readonly {channel: string; value: number}[]) {
  const values = measured.map(({value}) => value)
  const channels = measured.map(({channel}) => channel)
  return new Set(channels).size > 1 ? scoreInterval(values, {clusters: channels}) : meanInterval(values)
}

function againstBest(column: readonly Entry[]): {entry: Entry; p: number}[] {
  const [best, ...others] = byMean(column)
  if (!best) return []
  return others.flatMap(entry => {
    const shared = [...entry.values].flatMap(([id, {channel, value}]) => {
      const other = best.values.get(id)
      return other ? [{channel, difference: other.value - value}] : []
    })
    if (shared.length < 2) return []
    const {p} = clusterMeanTest(
      shared.map(({difference}) => difference),
      shared.map(({channel}) => channel),
    )
    return p === undefined ? [] : [{entry, p}]
  })
}

function byMean(column: readonly Entry[]): Entry[] {
  return column.toSorted((a, b) => b.cell.mean - a.cell.mean)
}

function withStanding(column: readonly Entry[], pOf: ReadonlyMap<Entry, number>): MatrixCell[] {
  const [best, ...others] = byMean(column)
  if (!best) return []
  const isWorse = (entry: Entry): boolean => (pOf.get(entry) ?? 1) < ALPHA
  const alone = others.length > 0 && others.every(isWorse)
  return [
    {...best.cell, standing: alone ? 'best' : 'same', p_holm: null},
    ...others.map(entry => ({
      ...entry.cell,
      standing: isWorse(entry) ? ('worse' as const) : ('same' as const),
      p_holm: pOf.get(entry) ?? null,
    })),
  ]
}
