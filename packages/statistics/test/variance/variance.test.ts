import {expect} from 'chai'
import * as fc from 'fast-check'

import {intraclassCorrelation} from '#src/variance/intraclass-correlation.js'
import {repeatPlan} from '#src/variance/repeat-plan.js'
import {varianceRatio} from '#src/variance/variance-ratio.js'
import {varianceSplit} from '#src/variance/variance-split.js'

import {expectClose, referenceValues} from '../reference.ts'

interface VarianceValues {
  icc: {scores: number[][]; icc: number}[]
  nested: {scores: number[][][]; meanSquares: [item: number, answer: number, judge: number]}[]
}

const reference = referenceValues<VarianceValues>('variance')

describe('intraclass correlation', () => {
  it("equals pingouin's ICC(1)", () => {
    for (const {scores, icc} of reference.icc) expectClose(intraclassCorrelation(scores), icc)
  })

  it('gives the 0.166 of the table of Shrout and Fleiss', () => {
    const ratings = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]
    expect(intraclassCorrelation(ratings)).to.be.closeTo(0.1657, 5e-5)
  })

  it('is 1 for raters that never differ and unmeasured when nothing varies', () => {
    expect(
      intraclassCorrelation([
        [0.1, 0.1],
        [0.7, 0.7],
      ]),
    ).to.equal(1)
    expect(
      intraclassCorrelation([
        [0.1, 0.1],
        [0.1, 0.1],
      ]),
    ).to.equal(undefined)
    expect(intraclassCorrelation([[0.1], [0.7]])).to.equal(undefined)
    expect(intraclassCorrelation([[0.1, 0.2]])).to.equal(undefined)
  })

  it('leaves out unmeasured ratings', () => {
    expect(intraclassCorrelation([[1, 2, undefined], [3, undefined, 5], [undefined]])).to.equal(
      intraclassCorrelation([
        [1, 2],
        [3, 5],
      ]),
    )
  })
})

describe('variance ratio', () => {
  const options = {seed: 1, resamples: 500}

  it('is 1 − ICC(1) for a single query of at least three runs', () => {
    const cases = reference.icc.filter(({scores}) => scores[0]!.length >= 3)
    expect(cases).to.have.length.above(50)
    for (const {scores, icc} of cases) expectClose(varianceRatio([scores], options).estimate, 1 - Math.max(0, icc))
  })

  it('is 0 when runs repeat exactly and documents differ', () => {
    const {estimate, runVariance, documentVariance} = varianceRatio(
      [
        [
          [0.2, 0.2, 0.2],
          [0.8, 0.8, 0.8],
        ],
      ],
      options,
    )
    expect({estimate, runVariance}).to.deep.equal({estimate: 0, runVariance: 0})
    expectClose(documentVariance, 0.18)
  })

  it('is 1 when documents differ by no more than their noise', () => {
    expect(
      varianceRatio(
        [
          [
            [0.1, 0.5, 0.9],
            [0.9, 0.1, 0.5],
          ],
        ],
        options,
      ).estimate,
    ).to.equal(1)
  })

  it('calls a scorer stuck on one value unmeasured, not repeatable', () => {
    expect(
      varianceRatio(
        [
          [
            [0.1, 0.1, 0.1],
            [0.1, 0.1, 0.1],
          ],
        ],
        options,
      ),
    ).to.include({estimate: undefined, low: undefined})
  })

  it('counts queries without three measured runs of two documents as unmeasured', () => {
    const good = [
      [0.1, 0.2, 0.1],
      [0.6, 0.5, 0.6],
    ]
    const thin = [
      [0.1, 0.2, undefined],
      [0.6, 0.5, 0.6],
    ]
    const {measured, unmeasured, estimate} = varianceRatio([good, thin, good], options)
    expect({measured, unmeasured}).to.deep.equal({measured: 2, unmeasured: 1})
    expectClose(estimate, varianceRatio([good], options).estimate!)
    expect(varianceRatio([thin], options)).to.include({estimate: undefined, runVariance: undefined})
  })

  it('pools queries and bounds the ratio by resampling them', () => {
    const queries = reference.icc.filter(({scores}) => scores[0]!.length === 5).map(({scores}) => scores)
    const {low, estimate, high} = varianceRatio(queries, options)
    expect(low).to.be.below(estimate!)
    expect(estimate).to.be.below(high!)
    expect([low, high].every(bound => bound! >= 0 && bound! <= 1)).to.equal(true)
  })

  it('stays between 0 and 1 and does not depend on the order of runs', () => {
    const score = fc.double({min: 0, max: 1, noNaN: true})
    const query = fc.array(fc.array(score, {minLength: 3, maxLength: 3}), {minLength: 2, maxLength: 4})
    fc.assert(
      fc.property(fc.array(query, {minLength: 1, maxLength: 3}), queries => {
        const {estimate} = varianceRatio(queries, {seed: 1, resamples: 10})
        if (estimate !== undefined) expect(estimate).to.be.within(0, 1)
        const turned = queries.map(documents => documents.map(runs => runs.toReversed()))
        expectClose(varianceRatio(turned, {seed: 1, resamples: 10}).estimate, estimate ?? null)
      }),
    )
  })
})

describe('variance split', () => {
  it("solves statsmodels' mean squares of the nested analysis for the three components", () => {
    for (const {scores, meanSquares} of reference.nested) {
      const [answers, judgements] = [scores[0]!.length, scores[0]![0]!.length]
      const [items, perAnswer, judge] = meanSquares
      const answer = (perAnswer - judge) / judgements
      const item = (items - judge - judgements * Math.max(0, answer)) / (answers * judgements)
      const split = varianceSplit(scores)
      expectClose(split.judge, judge)
      expectClose(split.answer, Math.max(0, answer))
      expectClose(split.item, Math.max(0, item))
      expect(split.floored.includes('answer')).to.equal(answer < 0)
    }
  })

  it('names a component that came out negative instead of hiding it', () => {
    expect(
      varianceSplit([
        [
          [0, 1],
          [1, 0],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ]),
    )
      .to.include({answer: 0, item: 0})
      .and.have.property('floored')
      .that.deep.equals(['item', 'answer'])
  })

  it('does not claim a component that was never repeated', () => {
    const oneJudgement = varianceSplit([
      [[0.9], [0.8]],
      [[0.5], [0.7]],
    ])
    expect(oneJudgement.judge).to.equal(undefined)
    expectClose(oneJudgement.answer, (0.005 + 0.02) / 2)
    const oneAnswer = varianceSplit([[[0.9, 0.8]], [[0.5, 0.7]]])
    expect(oneAnswer.answer).to.equal(undefined)
    expectClose(oneAnswer.judge, (0.005 + 0.02) / 2)
    expect(varianceSplit([[[0.9]], [[0.5]]])).to.deep.include({judge: undefined, answer: undefined})
    expectClose(varianceSplit([[[0.9]], [[0.5]]]).item, 0.08)
  })

  it('counts unmeasured judgements and works without them', () => {
    const split = varianceSplit([
      [
        [0.9, undefined],
        [0.8, 0.7],
      ],
      [
        [0.5, 0.6],
        [undefined, undefined],
      ],
    ])
    expect(split).to.include({items: 2, measured: 5, unmeasured: 3})
    expectClose(split.judge, (0.005 + 0.005) / 2)
    expect(varianceSplit([[[undefined]]])).to.deep.equal({
      item: undefined,
      answer: undefined,
      judge: undefined,
      floored: [],
      items: 0,
      measured: 0,
      unmeasured: 1,
    })
  })

  it('has no variance where nothing varies', () => {
    const split = varianceSplit([
      [
        [0.1, 0.1, 0.1],
        [0.1, 0.1, 0.1],
      ],
      [
        [0.1, 0.1, 0.1],
        [0.1, 0.1, 0.1],
      ],
    ])
    expect(split).to.deep.include({item: 0, answer: 0, judge: 0, floored: []})
  })
})

describe('repeat plan', () => {
  const repeats = {items: 100, answers: 1, judgements: 1}

  it('adds a judgement when the judge is the noise', () => {
    const plan = repeatPlan({item: 0.001, answer: 0.001, judge: 0.02}, repeats)
    expect(plan.recommendation).to.equal('judge')
    expectClose(plan.standardError, Math.sqrt(0.022 / 100))
    expectClose(plan.options[1]!.standardError, Math.sqrt(0.012 / 100))
    expect(plan.options.map(({extraCalls}) => extraCalls)).to.deep.equal([200, 100])
  })

  it('adds an answer when answers are the noise', () => {
    expect(repeatPlan({item: 0.001, answer: 0.02, judge: 0.001}, repeats).recommendation).to.equal('answer')
  })

  it('recommends no repeat when the items themselves differ most', () => {
    expect(repeatPlan({item: 0.02, answer: 0.0005, judge: 0.0005}, repeats).recommendation).to.equal('neither')
    expect(repeatPlan({item: 0, answer: 0, judge: 0}, repeats)).to.include({
      standardError: 0,
      recommendation: 'neither',
    })
  })

  it('treats a component nobody measured as nothing it could reduce', () => {
    expect(repeatPlan({item: 0.01, answer: undefined, judge: 0.02}, repeats).recommendation).to.equal('judge')
  })

  it('refuses a run without items', () => {
    expect(() => repeatPlan({item: 1, answer: 1, judge: 1}, {...repeats, items: 0})).to.throw(
      RangeError,
      /repeats.items is 0/,
    )
  })
})
