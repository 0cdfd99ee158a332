// How often benchmark:compare is right, by simulation of whole comparisons; docs/benchmark.md holds its figures:
//
//   node bench/comparison-rates.ts [--runs N] [--permutations N] [--seed N]
//
// Four scores of 150 samples (five channels, 30 days), coarse as judges give them. `cries wolf`: worse or better where nothing
// changed. `finds`: worse where one score fell by its minimum detectable effect. `between` is the share of the differences'
// variance that the days of a channel have in common. With --runs 20000 a share is certain to about ±0.3 points.
import {studentQuantile} from '@ep23/statistics'
import {parseArgs} from 'node:util'

import type {Comparison, Pairing} from '../plugins/benchmark/dist/domain/comparison.js'
import {compareRuns, COMPARE_DEFAULTS} from '../plugins/benchmark/dist/usecases/compare/compare-runs.js'
import {Simulation} from '../packages/statistics/test/simulated.ts'
import {comparable, comparedSamples, SCORES} from '../plugins/benchmark/test/sample/runs.ts'

const {values: flags} = parseArgs({
  options: {
    runs: {type: 'string', default: '2000'},
    permutations: {type: 'string', default: '999'},
    seed: {type: 'string', default: '1'},
  },
})
const [runs, permutations] = [Number(flags.runs), Number(flags.permutations)]
const simulation = new Simulation(Number(flags.seed))
const SPREAD = 0.1
/** Of the difference of two scores, each rounded to a twentieth. */
const DEVIATION = Math.sqrt(2 * (SPREAD ** 2 + 0.05 ** 2 / 12))

for (const pairing of ['sample', 'day'] as const)
  for (const between of [0, 0.05, 0.2, 0.5]) {
    const wolf = shareOf(['worse', 'better'], {pairing, between, scores: SCORES, drop: 0})
    const found = shareOf(['worse'], {pairing, between, scores: ['coverage'], drop: detectable(pairing, between)})
    console.log(
      `pairs by ${pairing}, ${between * 100} % between channels`.padEnd(44),
      `cries wolf ${percent(wolf)}   finds ${percent(found)}`,
    )
  }

interface Planted {
  pairing: Pairing
  between: number
  scores: readonly string[]
  drop: number
}

function shareOf(verdicts: readonly Comparison['verdict'][], planted: Planted): number {
  let count = 0
  for (let run = 0; run < runs; run++) if (verdicts.includes(simulated(planted, run).verdict)) count++
  return count / runs
}

function simulated({pairing, between, scores, drop}: Planted, seed: number): Comparison {
  const before = comparable('before', side(scores, 0, 0), {scores})
  const after = comparable('after', side(scores, drop, between), {scores})
  return compareRuns(before, after, {...COMPARE_DEFAULTS, pairing, permutations, seed})
}

/** Scores around 0.7; with `between` those of a channel move together. */
function side(scores: readonly string[], drop: number, between: number) {
  const common = new Map<string, number>()
  return comparedSamples((_, channel) =>
    Object.fromEntries(
      scores.map(name => {
        const key = `${channel} ${name}`
        const shift = common.get(key) ?? DEVIATION * Math.sqrt(between / (1 - between)) * simulation.normal()
        common.set(key, shift)
        return [name, coarse(0.7 - drop + shift + SPREAD * simulation.normal())]
      }),
    ),
  )
}

function coarse(value: number): number {
  return Math.min(1, Math.max(0, Math.round(value * 20) / 20))
}

/** The minimum detectable effect from the true variance: of 150 independent samples, or of five channels. */
function detectable(pairing: Pairing, between: number): number {
  if (pairing === 'sample') return (2.8 * DEVIATION) / Math.sqrt(150)
  const reach = studentQuantile(0.975, 4) + studentQuantile(0.8, 4)
  return reach * DEVIATION * Math.sqrt(between / (1 - between) / 5 + 1 / 150)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
