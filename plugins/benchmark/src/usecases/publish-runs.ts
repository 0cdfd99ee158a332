import {numberText, tableText} from '@ep23/report/numbers'
import {badDataError, type Message} from '@ep23/sdk'

import type {IntervalFacts} from '../domain/interval-facts.js'
import type {OriginResult, RunResult} from '../domain/run-result.js'
import {message} from '../words/words.js'

export interface Publication {
  /** The page's text to be. */
  text: string
  changed: boolean
  rows: number
  /** Ids of the runs that stand in the table now. */
  run_ids: string[]
}

/**
 * Puts runs into the table between the page's markers; everything else stays byte for byte.
 * @param text the page as it is, undefined when there is none
 * @throws Ep23Error BENCHMARK_BAD_PAGE (65)
 */
export function publishRuns(text: string | undefined, runs: readonly RunResult[], path: string): Publication {
  const page = parsePage(text ?? newPage(), path)
  const rows = mergeRows(page.rows, runs.flatMap(rowsOf))
  const updated = renderPage({...page, rows})
  return {
    text: updated,
    changed: updated !== text,
    rows: rows.length,
    run_ids: [...new Set(rows.map(row => (row.at(-1) ?? '').replaceAll('`', '')))],
  }
}

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
    latency.p50.measured === 0
      ? 'not measured'
      : `${tableText(latency.p50.estimate)} / ${tableText(latency.p95.estimate)}`,
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
    ? tableText(estimate)
    : `${tableText(estimate)} [${numberText(low)}, ${numberText(high)}]`
}

export const BEGIN = '<!-- ep23:benchmarks:begin -->'
export const END = '<!-- ep23:benchmarks:end -->'

/** A page cut at its markers; `before` and `after` are never touched. */
interface MarkedPage {
  before: string
  rows: string[][]
  after: string
  /** As the page writes line ends. */
  lineEnd: '\n' | '\r\n'
}

/** @throws Ep23Error BENCHMARK_BAD_PAGE (65) unless both markers stand there once, in order */
export function parsePage(text: string, path: string): MarkedPage {
  const [begin, end] = [offsetOf(text, BEGIN, path), offsetOf(text, END, path)]
  if (end < begin) throw badPage(path, message('endBeforeBegin', {end: END, begin: BEGIN}))
  const inside = text.slice(begin + BEGIN.length, end)
  return {
    before: text.slice(0, begin + BEGIN.length),
    rows: tableRows(inside, path),
    after: text.slice(end),
    lineEnd: inside.startsWith('\r\n') ? '\r\n' : '\n',
  }
}

export function renderPage({before, rows, after, lineEnd}: MarkedPage): string {
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows].map(cells => `| ${cells.map(escapeCell).join(' | ')} |`)
  return [before, '', ...lines, '', after].join(lineEnd)
}

/** A page for a repository that has none yet. */
export function newPage(): string {
  return `# Performance benchmarks

Results of \`ep23 benchmark:run\`, published with \`ep23 benchmark:publish RUN\`. Scores run from 0 to 1; their intervals take the
samples of a channel as correlated. Rows of other judges, prompts or dataset roots must not be compared with each other:
\`ep23 benchmark:compare\` says whether two runs may be. What stands between the markers is rewritten, everything else is yours.

${BEGIN}
${END}
`
}

function offsetOf(text: string, marker: string, path: string): number {
  const offset = text.indexOf(marker)
  if (offset < 0) throw badPage(path, message('hasNoMarker', {marker}))
  if (text.includes(marker, offset + 1)) throw badPage(path, message('hasMarkerTwice', {marker}))
  return offset
}

function badPage(path: string, reason: Message): Error {
  return badDataError('BENCHMARK_BAD_PAGE', message('cannotBeUpdated', {path, reason}), [
    message('putMarks', {begin: BEGIN, end: END}),
  ])
}

function tableRows(text: string, path: string): string[][] {
  const lines = text.split(/\r?\n/u).filter(line => line.trim() !== '')
  return lines.slice(2).map(line => {
    const cells = line
      .trim()
      .replace(/^\||\|$/gu, '')
      .split(/(?<!\\)\|/u)
      .map(cell => unescapeCell(cell.trim()))
    if (cells.length !== COLUMNS.length)
      throw badPage(path, message('rowCells', {cells: cells.length, expected: COLUMNS.length}))
    return cells
  })
}

function escapeCell(cell: string): string {
  return cell.replaceAll(/\\|\|/gu, String.raw`\$&`).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}

function unescapeCell(cell: string): string {
  return cell.replaceAll(/\\([\\|])/gu, '$1')
}
