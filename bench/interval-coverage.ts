// How often the intervals that gates decide by hold the truth, and how often they lie wholly above it, so that a mean that stands on
// its threshold would pass; docs/benchmark-verdicts.md and MADR-EP23-014 rest on it:
//
//   node bench/interval-coverage.ts [--runs N] [--seed N] [--output docs/data/interval-coverage.jsonl]
//
// Every cell of the grid of packages/statistics/test/grid.ts: six kinds of scores, 2 to 10 channels of 2 to 30 days, none to 30 % of
// the variance between channels. The truth is the mean over all such channels. With --runs 2000 (the default) a coverage is
// certain to about ±1 point and a false pass to ±0.8; three minutes of CPU. Exit 2 when a cell leaves its band by more than that.
//
// With --of people: the intervals of what people say, by packages/statistics/test/people.ts: differences of Bradley–Terry strengths
// (2 and 4 writers, 10 to 50 days) and prediction-powered means (50 and 100 labels of 100 to 600 digests), days alike or not.
// Bands: 93 to 99 %.
import {clusterMeanInterval, type Estimate, scoreInterval} from '@ep23/statistics'
import {writeFileSync} from 'node:fs'
import {parseArgs} from 'node:util'

import {type Cell, cells, channelsOf, scoresOf} from '../packages/statistics/test/grid.ts'
import {
  type ChoiceCell,
  choiceCells,
  choiceInterval,
  choicesOf,
  type LabelCell,
  labelCells,
  labelInterval,
  labelsOf,
} from '../packages/statistics/test/people.ts'
import {Simulation} from '../packages/statistics/test/simulated.ts'

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '2000'},
    seed: {type: 'string', default: '1'},
    output: {type: 'string'},
    of: {type: 'string', default: 'scores'},
  },
})
const runs = Number(flags.runs)
const simulation = new Simulation(Number(flags.seed))
const METHODS: Record<string, (values: number[], clusters: string[]) => Estimate> = {
  score: (values, clusters) => scoreInterval(values, {clusters}),
  student: (values, clusters) => clusterMeanInterval(values, clusters),
}

const noise = (share: number): number => (2 * 100 * Math.sqrt(share * (1 - share))) / Math.sqrt(runs)

if (flags.of === 'people') measurePeople()
else measureScores()

function measureScores(): void {
  const rows = [...cells()].map(measured)
  console.log(
    'kind               channels × days  between         score: covers  passes falsely   Student-t: covers  passes',
  )
  for (const row of rows) console.log(lineOf(row))
  const [covers, passes] = [
    Math.min(...rows.map(row => row.score.covers)),
    Math.max(...rows.map(row => row.score.passes)),
  ]
  console.log(`worst of ${rows.length} cells: covers ${covers} %, passes falsely ${passes} %`)
  if (flags.output) {
    const lines = [{runs, seed: Number(flags.seed)}, ...rows.map(row => ({table: 'rows', ...row}))]
    writeFileSync(flags.output, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  }
  if (covers < 94 - noise(0.94) || passes > 3 + noise(0.03)) process.exitCode = 2
}

function measurePeople(): void {
  const rows = [...[...choiceCells()].map(choiceCoverage), ...[...labelCells()].map(labelCoverage)]
  for (const {of, cell, covers, width} of rows)
    console.log(`${of.padEnd(18)} ${JSON.stringify(cell).padEnd(64)} covers ${covers} %, ± ${width.toFixed(2)}`)
  const shares = rows.map(({covers}) => covers)
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  console.log(`${rows.length} cells: covers from ${least} to ${most} %`)
  if (flags.output) {
    const lines = [{runs, seed: Number(flags.seed)}, ...rows.map(row => ({table: 'people', ...row}))]
    writeFileSync(flags.output, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  }
  if (least < 93 - noise(0.93) || most > 99 + noise(0.99)) process.exitCode = 2
}

/** Days differ: the truth is what endless days would give. */
function choiceCoverage(cell: ChoiceCell) {
  const truth = choiceInterval(choicesOf(simulation, {...cell, days: 3000}))?.estimate ?? NaN
  return {of: 'Bradley–Terry', cell, ...coverage(truth, () => choiceInterval(choicesOf(simulation, cell)))}
}

function labelCoverage(cell: LabelCell) {
  const all = labelsOf(simulation, {...cell, days: 10_000})
  const truth = all.reduce((sum, {label}) => sum + label, 0) / all.length
  return {of: 'prediction-powered', cell, ...coverage(truth, () => labelInterval(simulation, cell))}
}

function coverage(truth: number, draw: () => Estimate | undefined) {
  let [covers, width] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const {low = -Infinity, high = Infinity} = draw() ?? {}
    if (low <= truth && truth <= high) covers++
    width += high - low
  }
  return {covers: percent(covers), width: width / runs / 2}
}

type Row = ReturnType<typeof measured>

function measured(cell: Cell) {
  const clusters = channelsOf(cell)
  const counts = {score: {covers: 0, passes: 0}, student: {covers: 0, passes: 0}}
  for (let run = 0; run < runs; run++) {
    const values = scoresOf(simulation, cell)
    for (const method of ['score', 'student'] as const) {
      const {low = -Infinity, high = Infinity, estimate} = METHODS[method]?.(values, clusters) ?? {}
      // Student's t of equal scores has no bounds; that it used to be a point is what this counts.
      const [from, to] = method === 'student' && low === -Infinity ? [estimate ?? 0, estimate ?? 0] : [low, high]
      if (from <= cell.kind.mean + 1e-9 && to >= cell.kind.mean - 1e-9) counts[method].covers++
      if (from > cell.kind.mean + 1e-9) counts[method].passes++
    }
  }
  const shares = ({covers, passes}: {covers: number; passes: number}) => ({
    covers: percent(covers),
    passes: percent(passes),
  })
  const {kind, channels, days, between, shared} = cell
  return {
    kind: kind.name,
    channels,
    days,
    between,
    shared,
    score: shares(counts.score),
    student: shares(counts.student),
  }
}

function percent(count: number): number {
  return Math.round((1000 * count) / runs) / 10
}

function lineOf({kind, channels, days, between, shared, score, student}: Row): string {
  const where = `${kind.padEnd(18)} ${`${channels} × ${days}`.padEnd(16)} ${`${between * 100} % ${between > 0 ? shared : ''}`.padEnd(14)}`
  const shown = ({covers, passes}: {covers: number; passes: number}) =>
    `${String(covers).padStart(12)} ${String(passes).padStart(8)}`
  return `${where} ${shown(score)}      ${shown(student)}`
}
