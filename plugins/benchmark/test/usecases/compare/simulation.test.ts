import {type Random, seededRandom} from '@ep23/statistics'
import {expect} from 'chai'

import {type CompareOptions, compareRuns, COMPARE_DEFAULTS} from '#src/usecases/compare/compare-runs.js'

import {comparable, comparedSamples, SCORES} from '../../sample/runs.ts'

const RUNS = 400
// Few permutations for speed; a seed of its own for each run, so that what they miss is not missed 400 times over.
const OPTIONS = {...COMPARE_DEFAULTS, permutations: 999}

/** Steps of a judge (0, 0.05, …) around 0.8 are as coarse as what judges give. */
function noisyScore(random: Random, centre: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  return Math.min(1, Math.max(0, Math.round((centre + spread * normal) * 20) / 20))
}

/** Samples of a channel that move together: a third of the variance of their differences is common to them. */
function newsyWeek(random: Random, drop: number) {
  const shifts = new Map<string, number>()
  return comparedSamples((_, channel) =>
    Object.fromEntries(
      SCORES.map(name => {
        const key = `${channel} ${name}`
        const shift = shifts.get(key) ?? 0.7 * (noisyScore(random, 0.5, 0.1) - 0.5)
        shifts.set(key, shift)
        return [name, noisyScore(random, 0.7 + shift - drop, 0.1)]
      }),
    ),
  )
}

/** Share of simulated comparisons of two such weeks that say worse or better. */
function newsyShare(
  runs: number,
  drop: number,
  changes: Partial<CompareOptions>,
  wanted = ['worse', 'better'],
): number {
  const random = seededRandom(7)
  const options = {...OPTIONS, pairing: 'day' as const, permutations: 99, ...changes}
  const verdicts = Array.from({length: runs}, () => {
    const [before, after] = [newsyWeek(random, 0), newsyWeek(random, drop)]
    return compareRuns(comparable('a', before), comparable('b', after), options).verdict
  })
  return verdicts.filter(verdict => wanted.includes(verdict)).length / runs
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
  this.timeout(120_000)

  it('cries wolf over four scores in at most 5 % of runs without a difference', () => {
    const share = shareOf(['worse', 'better'], 5, SCORES, 0)
    // Twice the binomial standard error above the nominal 5 %.
    expect(share).to.be.at.most(0.05 + 2 * Math.sqrt((0.05 * 0.95) / RUNS))
  })

  it('does not cry wolf where the days of a channel move together, which a test over samples would do', () => {
    const [runs, nominal] = [300, 0.05]
    expect(newsyShare(runs, 0, {})).to.be.at.most(nominal + 2 * Math.sqrt((nominal * (1 - nominal)) / runs))
    expect(newsyShare(60, 0, {decidedBy: 'sample', permutations: 399})).to.be.above(0.4)
  })

  it('finds a drop in such weeks that is large for the channels', () => {
    expect(newsyShare(60, 0.3, {}, ['worse'])).to.be.above(0.8)
  })

  it('finds a drop as large as the minimum detectable effect in about 80 %', () => {
    // 2.8 standard errors of the difference of two scores whose spread is 0.1, rounded to steps of 0.05.
    const deviation = Math.sqrt(2 * (0.1 ** 2 + 0.05 ** 2 / 12))
    const share = shareOf(['worse'], 2, ['coverage'], (2.8 * deviation) / Math.sqrt(150))
    expect(share).to.be.within(0.74, 0.86)
  })
})
