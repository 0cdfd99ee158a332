import type {Figure as MarkedFigure, Spread} from './contest.ts'

type Figure = Omit<MarkedFigure, 'commit'>

/** What one run of the suite found, as `docs/benchmarks.json` keeps it. */
export interface Results {
  machine: {cpu: string; cores: number; memory_gb: number; load_before: number; load_after: number}
  node: string
  commit: string
  date: string
  rounds: number
  peers: Record<string, string>
  missing: string[]
  figures: MarkedFigure[]
}

/** The suite's table; every ratio is to the baseline of the same round. */
export function markdownTable({figures}: {figures: Figure[]}): string {
  const rows = figures.map(figure => [
    figure.contest,
    figure.contestant,
    `${spreadText(figure.value)} ${figure.unit}`,
    figure.contestant === figure.baseline ? 'baseline' : `${spreadText(figure.ratio)} × ${figure.baseline}`,
    figure.aim === undefined ? '' : aimText(figure, figure.aim),
  ])
  const lines = [
    ['what', 'who', 'median (lowest–highest)', 'ratio', 'aim'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ]
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function aimText({better, ratio}: Figure, aim: number): string {
  const isMet = better === 'higher' ? ratio.median >= aim : ratio.median <= aim
  return `${better === 'higher' ? 'at least' : 'at most'} ${aim}: ${isMet ? 'met' : 'missed'}`
}

function spreadText({median, low, high}: Spread): string {
  return `${short(median)} (${short(low)}–${short(high)})`
}

/** Three figures, without an exponent. */
function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}

export interface Change {
  contest: string
  contestant: string
  verdict: 'slower' | 'faster' | 'within noise' | 'new' | 'other baseline'
  /** New ratio ÷ old ratio, above 1 for better; undefined where there is nothing to compare with. */
  factor?: number
}

/**
 * How ep23's figures changed against an earlier run. Ratios to the same baseline are compared, so that another machine's speed
 * cancels out; a change counts only where the two runs' ranges of rounds do not overlap.
 */
export function compareResults(now: {figures: Figure[]}, before: {figures: Figure[]}): Change[] {
  const ours = now.figures.filter(({contestant, baseline}) => contestant !== baseline)
  return ours.map(figure =>
    changeOf(
      figure,
      before.figures.find(old => isSame(old, figure)),
    ),
  )
}

function isSame(a: Figure, b: Figure): boolean {
  return a.contest === b.contest && a.contestant === b.contestant
}

function changeOf(figure: Figure, old: Figure | undefined): Change {
  const {contest, contestant} = figure
  if (old === undefined) return {contest, contestant, verdict: 'new'}
  if (old.baseline !== figure.baseline) return {contest, contestant, verdict: 'other baseline'}
  const growth = figure.ratio.median / old.ratio.median
  const factor = figure.better === 'higher' ? growth : 1 / growth
  const overlap = figure.ratio.low <= old.ratio.high && old.ratio.low <= figure.ratio.high
  const verdict = overlap ? 'within noise' : factor < 1 ? 'slower' : 'faster'
  return {contest, contestant, verdict, factor}
}
