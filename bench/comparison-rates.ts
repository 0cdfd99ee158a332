// How often benchmark:compare is right, by simulation; docs/benchmark-verdicts.md and MADR-EP23-014 rest on it:
//
//   node bench/comparison-rates.ts [--runs N] [--permutations N] [--seed N] [--output docs/data/comparison-rates.jsonl]
//
// `false alarms`: worse or better in any of four scores although nothing changed, in every cell of the grid of
// packages/statistics/test/grid.ts. By channel what a channel's days share differs between the runs (other days, other news); by
// sample it is the same in both (the same posts), as each way of deciding takes it. `power`: whole comparisons of four scores in
// which one fell by the minimum detectable effect. `advice`: the further data that an undecided gate asks for is given, with
// truths spread evenly around the threshold. `rare`: no difference of 0.02, although a few pairs in a hundred lost the whole scale
// and the others nothing. With --runs 1000 (the default) a false alarm is certain to about ±1.5 points.
import {
  differenceInterval,
  differenceTest,
  holmAdjust,
  isWithinMargin,
  moreForThresholds,
  scoreInterval,
  scoreSpread,
  signFlipTest,
  smallestFound,
} from '@ep23/statistics'
import {writeFileSync} from 'node:fs'
import {parseArgs} from 'node:util'

import {type Cell, cells, channelNumbers, channelsOf, KINDS, scoresOf} from '../packages/statistics/test/grid.ts'
import {shareOf, Simulation} from '../packages/statistics/test/simulated.ts'

type Way = 'sample' | 'channel'

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '1000'},
    permutations: {type: 'string', default: '199'},
    seed: {type: 'string', default: '1'},
    output: {type: 'string'},
  },
})
const [runs, permutations] = [Number(flags.runs), Number(flags.permutations)]
const simulation = new Simulation(Number(flags.seed))
const SCORES = 4
const NORMAL = KINDS[0] as Cell['kind']
const LAYOUTS = [
  [2, 30],
  [3, 30],
  [5, 7],
  [5, 30],
  [10, 30],
] as const

const alarms = [...cells()].map(cell => ({
  ...nameOf(cell),
  channel: falseAlarms(cell, 'channel'),
  sample: falseAlarms(cell, 'sample'),
}))
console.log('false alarms over four scores: kind, channels × days, between, by channel, by sample')
for (const {kind, channels, days, between, shared, channel, sample} of alarms)
  console.log(
    `${kind.padEnd(18)} ${`${channels} × ${days}`.padEnd(10)} ${`${between * 100} % ${shared}`.padEnd(14)} ${channel} % ${sample} %`,
  )
const worst = Math.max(...alarms.flatMap(({channel, sample}) => [channel, sample]))
console.log(`worst of ${alarms.length} cells: ${worst} %`)

const power = LAYOUTS.flatMap(([channels, days]) =>
  [0, 0.1, 0.3].map(between => ({
    channels,
    days,
    between,
    ...found({kind: NORMAL, channels, days, between, shared: 'shift'}),
  })),
)
console.log('power: channels × days, between, finds from (by channel, by sample), found')
for (const {channels, days, between, channel, sample} of power)
  console.log(
    `${channels} × ${days}, ${between * 100} %: from ${channel.finds} in ${channel.found} %; from ${sample.finds} in ${sample.found} %`,
  )

const advice = LAYOUTS.slice(1).flatMap(([channels, days]) =>
  [0, 0.1, 0.3].map(between => ({
    channels,
    days,
    between,
    ...advised({kind: NORMAL, channels, days, between, shared: 'shift'}),
  })),
)
console.log('advice of undecided gates: channels × days, between, advised, decided when it is followed')
for (const {channels, days, between, advised: share, decided} of advice)
  console.log(
    `${channels} × ${days}, ${between * 100} %: advised in ${share} % of the undecided, then decided in ${decided} %`,
  )
const rare = [29, 60, 150, 300].flatMap(pairs =>
  [0.02, 0.03, 0.05].map(lose => ({pairs, lose, missed: missed(pairs, lose)})),
)
console.log('rare losses: pairs, share of them that lose the whole scale, no difference')
for (const {pairs, lose, missed: share} of rare) console.log(`${pairs}, ${100 * lose} %: no difference in ${share} %`)
if (flags.output) {
  const tables = Object.entries({alarms, power, advice, rare}).flatMap(([table, rows]) =>
    rows.map(row => ({table, ...row})),
  )
  const lines = [{runs, permutations, seed: Number(flags.seed)}, ...tables]
  writeFileSync(flags.output, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
}
if (worst > 6 + 200 * Math.sqrt((0.06 * 0.94) / runs)) process.exitCode = 2

function nameOf({kind, channels, days, between, shared}: Cell) {
  return {kind: kind.name, channels, days, between, shared}
}

function falseAlarms(cell: Cell, way: Way): number {
  return percent(
    shareOf(
      runs,
      () =>
        changedScores(
          Array.from({length: SCORES}, () => pairedDifferences(cell, way)),
          cell,
          way,
        ).length > 0,
    ),
  )
}

/** Of two runs in which nothing changed. */
function pairedDifferences(cell: Cell, way: Way): number[] {
  const common = channelNumbers(simulation, cell)
  const before = scoresOf(simulation, cell, common)
  const after = scoresOf(simulation, cell, way === 'sample' ? common : channelNumbers(simulation, cell))
  return after.map((value, i) => value - (before[i] as number))
}

/** Places of the scores that changed, by the rule of judgeChange. */
function changedScores(
  scores: readonly number[][],
  cell: Pick<Cell, 'channels' | 'days'>,
  way: Way,
  draws = permutations,
): number[] {
  const clusters = channelsOf(cell)
  const options = way === 'channel' ? {clusters} : {}
  const pValues = scores.map(differences =>
    way === 'channel'
      ? (differenceTest(differences, options).p ?? 1)
      : signFlipTest(differences, {seed: Math.floor(simulation.unit() * 2 ** 30), permutations: draws}).p,
  )
  return [...holmAdjust(pValues).entries()].flatMap(([place, p]) => {
    if (p >= 0.05) return []
    const {low = -1, high = 1} = differenceInterval(scores[place] ?? [], options)
    return low > 0 || high < 0 ? [place] : []
  })
}

/** How often one of four scores is found that fell by the minimum detectable effect of its true spread. */
function found(cell: Cell) {
  return {channel: foundBy(cell, 'channel'), sample: foundBy(cell, 'sample')}
}

function foundBy(cell: Cell, way: Way) {
  const finds = smallestOf(cell, way)
  const share = shareOf(runs, () => {
    const scores = Array.from({length: SCORES}, () => normalDifferences(cell, way))
    scores[0] = (scores[0] as number[]).map(value => value - finds)
    // Fewer could hardly go below Holm's first step.
    return changedScores(scores, cell, way, 999).includes(0)
  })
  return {finds: Math.round(finds * 1000) / 1000, found: percent(share)}
}

/** Scores uncut, so that what is planted is what there is. */
function normalDifferences({channels, days, between}: Cell, way: Way): number[] {
  const scale = 0.1 * Math.sqrt(2)
  return Array.from({length: channels}, () =>
    way === 'channel' ? Math.sqrt(between) * simulation.normal() : 0,
  ).flatMap(shift => Array.from({length: days}, () => scale * (shift + Math.sqrt(1 - between) * simulation.normal())))
}

function smallestOf({channels, days, between}: Cell, way: Way): number {
  const variance = 2 * 0.1 ** 2
  const byChannel = way === 'channel'
  const own = {between: byChannel ? variance * between : 0, within: variance * (1 - between)}
  const measured = channels * days
  const standardError = Math.sqrt(byChannel ? (own.between + own.within / days) / channels : own.within / measured)
  const spread = {
    ...own,
    standardError,
    // The largest of so many normal differences is about three deviations.
    added: 9 * variance,
    degreesOfFreedom: (byChannel ? channels : measured) - 1,
    mean: 0,
    measured,
    unmeasured: 0,
    clusters: byChannel ? channels : undefined,
    floor: 0,
    designEffect: 1,
    varies: true,
  }
  return smallestFound(spread, {tests: SCORES}) ?? Number.NaN
}

/** Gates at 0.75 with true means from 0.67 to 0.83. */
function advised(cell: Cell) {
  const counts = {undecided: 0, advised: 0, decided: 0}
  for (let run = 0; run < Math.max(20, runs / 4); run++) {
    const shift = 0.16 * (simulation.unit() - 0.5)
    const kind = {...cell.kind, score: (z: number) => cell.kind.score(z + shift / 0.1)}
    const values = scoresOf(simulation, {...cell, kind})
    const clusters = channelsOf(cell)
    if (isDecided(values, clusters)) continue
    counts.undecided++
    const spread = scoreSpread(values, clusters)
    const more = spread && moreForThresholds(spread, [cell.kind.mean])
    if (!more) continue
    counts.advised++
    const then = {...cell, kind, [more.what]: cell[more.what as 'channels'] + more.count}
    if (isDecided(scoresOf(simulation, then), channelsOf(then))) counts.decided++
  }
  return {advised: percent(counts.advised / counts.undecided), decided: percent(counts.decided / counts.advised)}
}

/** How often losses so rare are taken for no difference, because hardly one of them is among the pairs. */
function missed(pairs: number, lose: number): number {
  const own = new Simulation(Number(flags.seed))
  const differences = () => Array.from({length: pairs}, () => (own.unit() < lose ? -1 : 0))
  return percent(shareOf(10 * runs, () => isWithinMargin(differences(), 0.02)))
}

function isDecided(values: readonly number[], clusters: readonly string[]): boolean {
  const {low = 0, high = 1} = scoreInterval(values, {clusters})
  return low >= NORMAL.mean || high < NORMAL.mean
}

function percent(share: number): number {
  return Math.round(1000 * share) / 10
}
