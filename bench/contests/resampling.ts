// Intervals and tests by resampling, 10,000 draws of 150 scores, against scipy's.
import * as statistics from '@ep23/statistics'

import {type Contest, cpuSeconds} from '../harness/contest.ts'
import {inputFile, pythonContestant, type Setting, withBaseline} from '../harness/setting.ts'

export function resamplingContests(setting: Setting): Contest[] {
  const count = setting.small ? 10 : 150
  const xs = Array.from({length: count}, (_, i) => 0.6 + 0.4 * Math.sin(i * i) ** 2)
  const ys = xs.map((score, i) => score + 0.2 * Math.sin(7 * i))
  const ratings = xs.map((score, i) => [Math.round(5 * score), Math.round(5 * (ys[i] ?? 0))])
  const differences = xs.map((score, i) => score - (ys[i] ?? 0))
  const options = {seed: 1, ...(setting.small ? {resamples: 100} : {})}
  const input = inputFile(setting, 'scores', {xs, ys})
  const contest = (name: string, task: string | undefined, work: () => unknown) =>
    withBaseline({
      name: `${name}, 10,000 × ${count}`,
      unit: 'CPU ms',
      better: 'lower',
      baseline: 'scipy',
      contestants: [
        {name: 'ep23', measure: async () => 1000 * (await cpuSeconds(work))},
        ...(task === undefined
          ? []
          : pythonContestant(setting.peers, {name: 'scipy', packages: ['scipy'], task, input})),
      ],
    })
  return [
    contest('bootstrap of a mean', 'bootstrap', () => statistics.bootstrapMeanInterval(xs, options)),
    contest('sign flips', 'sign_flips', () => statistics.signFlipTest(differences, {seed: 1})),
    contest('Spearman with interval', 'spearman', () => statistics.pairInterval(xs, ys, statistics.spearman, options)),
    contest('tau-b with interval', 'kendall', () => statistics.pairInterval(xs, ys, statistics.kendallTauB, options)),
    contest('ordinal alpha with interval', undefined, () =>
      statistics.bootstrapInterval(ratings, units => statistics.krippendorffAlpha(units, 'ordinal'), options),
    ),
  ]
}
