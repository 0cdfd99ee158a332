import {expect} from 'chai'

import {compareRuns, COMPARE_DEFAULTS} from '#src/usecases/compare/compare-runs.js'
import {seededRandom, type Random} from '#src/measures/index.js'

import {comparable, comparedSamples, SCORES} from '../../sample/runs.ts'

const RUNS = 400
// Few permutations for speed; a seed of its own for each run, so that what they miss is not missed 400 times over.
const OPTIONS = {...COMPARE_DEFAULTS, permutations: 999}

/** Steps of a judge (0, 0.05, …) around 0.8 are as coarse as what judges give. */
function noisyScore(random: Random, centre: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  return Math.min(1, Math.max(0, Math.round((centre + spread * normal) * 20) / 20))
}

/** Share of simulated comparisons that end with one of the verdicts. */
function shareOf(verdicts: readonly string[], seed: number, names: readonly string[], drop: number): number {
  const random = seededRandom(seed)
  let found = 0
  for (let run = 0; run < RUNS; run++) {
    const side = (centre: number) =>
      comparedSamples(() => Object.fromEntries(names.map(name => [name, noisyScore(random, centre, 0.1)])))
    const [before, after] = [side(0.7), side(0.7 - drop)]
    const comparison = compareRuns(comparable('a', before, {scores: names}), comparable('b', after, {scores: names}), {
      ...OPTIONS,
      seed: run,
    })
    if (verdicts.includes(comparison.verdict)) found += 1
  }
  return found / RUNS
}

describe('benchmark:compare on simulated runs', function () {
  this.timeout(60_000)

  it('cries wolf over four scores in at most 5 % of runs without a difference', () => {
    const share = shareOf(['worse', 'better'], 5, SCORES, 0)
    // Twice the binomial standard error above the nominal 5 %.
    expect(share).to.be.at.most(0.05 + 2 * Math.sqrt((0.05 * 0.95) / RUNS))
  })

  it('finds a drop as large as the minimum detectable effect in about 80 %', () => {
    // 2.8 standard errors of the difference of two scores whose spread is 0.1, rounded to steps of 0.05.
    const deviation = Math.sqrt(2 * (0.1 ** 2 + 0.05 ** 2 / 12))
    const share = shareOf(['worse'], 2, ['coverage'], (2.8 * deviation) / Math.sqrt(150))
    expect(share).to.be.within(0.74, 0.86)
  })
})
