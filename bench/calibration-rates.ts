// How often a judge is called calibrated by the labels of simulated people; docs/labelling.md rests on it:
//
//   node bench/calibration-rates.ts [--runs N] [--seed N] [--of digests|sources]
//
// `digests`: 50 to 200 digests, one to three raters who agree from not at all to well, a judge that knows nothing and two that follow
// what the raters have in common. `sources`: the correlation alone, with one rater, where texts of a source are alike to both; the fewest
// sources of a calibration come from it. With --runs 400 (the default) a share of 2.5 % is certain to ±1.6
// points. Half an hour of CPU.
import {parseArgs} from 'node:util'

import {seededRandom} from '@ep23/statistics'

import {calibrationOf, type RatersCell, statusOfCell} from '../plugins/benchmark/test/sample/simulated-raters.ts'

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '400'},
    seed: {type: 'string', default: '1'},
    of: {type: 'string', default: 'digests'},
  },
})
const runs = Number(flags.runs)
const random = seededRandom(Number(flags.seed))

if (flags.of === 'sources') measureSources()
else measureDigests()

function* digestCells(): Generator<RatersCell> {
  const plain = {size: 1, level: 0}
  for (const sources of [50, 100, 200]) {
    yield {...plain, sources, raters: 1, agreement: 0.6, judge: 0}
    for (const raters of [2, 3])
      for (const agreement of [0, 0.1, 0.3, 0.6]) yield {...plain, sources, raters, agreement, judge: 0}
    for (const raters of [1, 2, 3])
      for (const agreement of [0.3, 0.6]) yield {...plain, sources, raters, agreement, judge: 0.5}
    for (const agreement of [0.3, 0.6]) yield {...plain, sources, raters: 2, agreement, judge: 0.8}
  }
}

function measureDigests(): void {
  console.log('judge  raters  agreement  digests  calibrated  people_disagree')
  for (const cell of digestCells()) {
    const statuses = Array.from({length: runs}, () => statusOfCell(cell, random))
    const shareOf = (status: string): string => percent(statuses.filter(each => each === status).length)
    const {judge, raters, agreement, sources} = cell
    console.log([judge, raters, agreement, sources, shareOf('calibrated'), shareOf('people_disagree')].join('  '))
  }
}

function* sourceCells(): Generator<RatersCell> {
  const forms = [
    [2, 20],
    [3, 17],
    [5, 12],
    [10, 6],
    [20, 3],
    [60, 1],
  ] as const
  for (const judge of [0, 0.5])
    for (const level of [0, 0.3, 0.6])
      for (const [sources, size] of forms) yield {judge, raters: 1, agreement: 1, sources, size, level}
}

function measureSources(): void {
  console.log('judge  level  sources × texts  above zero')
  for (const cell of sourceCells()) {
    const above = Array.from({length: runs}, () => isAboveZero(cell)).filter(Boolean).length
    console.log([cell.judge, cell.level, `${cell.sources} × ${cell.size}`, percent(above)].join('  '))
  }
}

function isAboveZero(cell: RatersCell): boolean {
  const {low} = calibrationOf(cell, random).spearman
  return low !== null && low > 0
}

function percent(count: number): string {
  return `${Math.round((1000 * count) / runs) / 10} %`
}
