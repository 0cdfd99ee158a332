import {expect} from 'chai'
import * as fc from 'fast-check'

import {averageRanks} from '#src/agreement/average-ranks.js'
import {confusionTable} from '#src/agreement/confusion-table.js'
import {cohenKappa} from '#src/agreement/cohen-kappa.js'
import {pearson, spearman} from '#src/agreement/correlation.js'
import {kendallTauB} from '#src/agreement/kendall-tau.js'
import {pairInterval} from '#src/agreement/pair-interval.js'

import {expectClose, referenceValues, scoredSummaries} from '../reference.ts'

interface CorrelationValues {
  correlations: {xs: number[]; ys: number[]; pearson: number | null; spearman: number | null; kendall: number | null}[]
}

const CORRELATIONS = {pearson, spearman, kendall: kendallTauB}

const columns = (rows: [number, number][]) => [rows.map(([x]) => x), rows.map(([, y]) => y)] as const

describe('correlations', () => {
  const pairs = fc.array(fc.tuple(fc.integer({min: -5, max: 5}), fc.integer({min: -5, max: 5})), {
    minLength: 2,
    maxLength: 40,
  })

  it('equal scipy on 200 random pairs of lists, ties and constant lists included', () => {
    for (const [i, values] of referenceValues<CorrelationValues>('agreement').correlations.entries()) {
      for (const name of ['pearson', 'spearman', 'kendall'] as const) {
        expectClose(CORRELATIONS[name](values.xs, values.ys), values[name], `${name} ${i}`)
      }
    }
  })

  it('give the golden values of tau-b', () => {
    expectClose(kendallTauB([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 0.8)
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).to.be.closeTo(-0.471405, 5e-7)
  })

  it('give the published rank correlations of 52 Russian summaries with their experts', () => {
    const rows = scoredSummaries()
    const experts = rows.map(row => row['human_score']!)
    const published = {
      'rouge-l': 0.6,
      'rouge-1': 0.6,
      meteor: 0.6,
      'rouge-2': 0.52,
      bertscore: 0.44,
      length_summary_words: 0.28,
    }
    for (const [measure, correlation] of Object.entries(published)) {
      const found = spearman(
        rows.map(row => row[measure]!),
        experts,
      )
      expect(found, measure).to.be.closeTo(correlation, 0.005)
    }
  })

  it('are symmetric, bounded, and turn their sign with one side', () => {
    fc.assert(
      fc.property(pairs, rows => {
        const [xs, ys] = columns(rows)
        for (const correlation of Object.values(CORRELATIONS)) {
          const value = correlation(xs, ys)
          if (value !== undefined) expect(value).to.be.within(-1 - 1e-12, 1 + 1e-12)
          expectClose(correlation(ys, xs), value ?? null)
          expectClose(
            correlation(
              xs,
              ys.map(y => -y),
            ),
            value === undefined ? null : -value,
          )
        }
      }),
    )
  })

  it('do not depend on the order of the units', () => {
    fc.assert(
      fc.property(pairs, rows => {
        const [xs, ys] = columns(rows)
        const [backXs, backYs] = columns(rows.toReversed())
        for (const correlation of Object.values(CORRELATIONS))
          expectClose(correlation(backXs, backYs), correlation(xs, ys) ?? null)
      }),
    )
  })

  it('share ranks among equal values', () => {
    expect([...averageRanks([10, 30, 10, 20])]).to.deep.equal([1.5, 4, 1.5, 3])
  })

  it('are unmeasured for a constant side or fewer than two pairs', () => {
    for (const correlation of Object.values(CORRELATIONS)) {
      expect(correlation([1, 1, 1], [1, 2, 3])).to.equal(undefined)
      expect(correlation([1], [2])).to.equal(undefined)
      expect(correlation([], [])).to.equal(undefined)
    }
  })

  it('refuse NaN and unequal lengths', () => {
    for (const correlation of Object.values(CORRELATIONS)) {
      expect(() => correlation([1, NaN], [1, 2])).to.throw(RangeError, 'xs[1] is NaN')
      expect(() => correlation([1, 2], [1])).to.throw(RangeError, /xs and ys/)
    }
  })
})

const kappa = (a: readonly number[], b: readonly number[]) => cohenKappa(confusionTable(a, b))

describe('interval of an agreement', () => {
  const human = [5, 4, 3, 5, 2, 1, undefined, 4, 3, 5, 2, 4]
  const judge = [5, 4, 4, 5, 2, 2, 3, undefined, 3, 4, 1, 5]

  it('rests on the units both rated', () => {
    const interval = pairInterval(human, judge, spearman, {seed: 1, resamples: 2000})
    expectClose(interval.estimate, spearman([5, 4, 3, 5, 2, 1, 3, 5, 2, 4], [5, 4, 4, 5, 2, 2, 3, 4, 1, 5])!)
    expect(interval).to.include({measured: 10, unmeasured: 2, resamples: 2000, seed: 1})
    expect(interval.estimate).to.be.within(interval.low!, interval.high!)
  })

  it('draws clusters whole: rows that repeat others make nothing surer', () => {
    const [xs, ys] = [
      [1, 2, 3, 4, 5, 6, 7, 8],
      [2, 1, 4, 3, 7, 5, 6, 8],
    ]
    const often = (values: number[]): number[] => [...values, ...values, ...values]
    const clusters = often(xs).map(String)
    const once = pairInterval(xs, ys, spearman, {seed: 1, resamples: 500})
    const {low, high, ...again} = pairInterval(often(xs), often(ys), spearman, {seed: 1, resamples: 500, clusters})
    expect(again).to.include({measured: 24, unmeasured: 0, clusters: 8})
    expectClose(low, once.low!)
    expectClose(high, once.high!)
  })

  it('takes a kappa of the confusion table as its statistic', () => {
    const interval = pairInterval(human, judge, kappa, {seed: 1, resamples: 500, method: 'bca'})
    expect(interval.method).to.equal('bca')
    expect(interval.low).to.be.below(interval.high!)
  })

  it('says nothing about units that nobody rated twice', () => {
    expect(pairInterval([1, undefined], [undefined, 1], spearman, {seed: 1})).to.include({
      estimate: undefined,
      measured: 0,
      unmeasured: 2,
    })
  })
})
