import type {OriginResult, RunResult} from '../../domain/run-result.js'
import {numberText} from '../../domain/telling/number-text.js'
import type {IntervalFacts} from '../../domain/assessment/interval-facts.js'

export const COLUMNS = [
  'Scenario',
  'Judge',
  'Samples',
  'Dataset root',
  'Scores (95 % interval)',
  'Latency p50 / p95, s',
  'Verdict',
  'Hardware baseline',
  'Date',
  'Run',
] as const

/** A row is found again by its scenario, judge and kind of samples: a newer run of the same replaces it. */
const KEY_CELLS = 3
const SAMPLES = 2

/** One row for each origin of a run. */
export function rowsOf(run: RunResult): string[][] {
  return Object.entries(run.assessment.by_origin)
    .filter(([, {samples}]) => samples > 0)
    .map(([origin, result]) => rowOf(run, origin, result))
}

/** The rows that stood there, with those of the same key replaced, in the order of their keys. */
export function mergeRows(standing: readonly string[][], fresh: readonly string[][]): string[][] {
  const rows = new Map([...standing, ...fresh].map(row => [keyOf(row), row]))
  return [...rows.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

// The number of samples belongs to the result and the kind to the key: `150 telegram`. A part of the samples is a kind of its own.
function keyOf(row: readonly string[]): string {
  return row
    .slice(0, KEY_CELLS)
    .map((cell, column) => (column === SAMPLES ? cell.replaceAll(/\d+/gu, 'N') : cell))
    .join('\u0000')
}

function rowOf(run: RunResult, origin: string, {samples, scores, latency_seconds: latency}: OriginResult): string[] {
  const {identity, assessment, hardware} = run
  const {judge} = identity
  return [
    identity.scenario.name,
    [judge.name, judge.model, judge.prompt?.version].filter(part => part !== null && part !== undefined).join(', '),
    [`${samples} ${origin}`, ...incompleteness(run)].join(', '),
    `\`${identity.dataset.merkle_root.slice(0, 12)}\``,
    Object.entries(scores)
      .map(([name, {mean, clustered_mean: clustered}]) => `${name} ${intervalText(clustered ?? mean)}`)
      .join('<br>'),
    latency.p50.measured === 0 ? 'not measured' : `${number(latency.p50.estimate)} / ${number(latency.p95.estimate)}`,
    assessment.verdict,
    `${hardware.cpu} × ${hardware.cores}, Node ${hardware.node}`,
    run.finished_at.slice(0, 10),
    `\`${run.run_id}\``,
  ]
}

/** Why a run says less than the data could; such a run never takes the place of a whole one. */
function incompleteness({dry_run, stopped_early, dataset}: RunResult): string[] {
  return [
    ...((dataset.left_out ?? 0) > 0 ? [`${dataset.left_out} left out`] : []),
    ...(stopped_early ? ['stopped early'] : []),
    ...(dry_run ? ['dry run'] : []),
  ]
}

function intervalText({estimate, low, high, measured}: IntervalFacts): string {
  if (measured === 0) return 'unmeasured'
  return low === null || high === null
    ? number(estimate)
    : `${number(estimate)} [${numberText(low)}, ${numberText(high)}]`
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(Math.abs(value) >= 10 ? 1 : 3)
}
