import {expect} from 'chai'
import * as fc from 'fast-check'

import {type OverlapScore, rouge, rougeL, rougeN} from '#src/measures/rouge.js'

import {expectClose, newsRows, referenceValues, simpleSentences, words} from './reference.ts'

type Triple = [precision: number, recall: number, f1: number]

interface RougeValues {
  types: string[]
  cases: {candidate: string; reference: string; scores: Triple[]}[]
  news: Triple[][]
}

const lines = (text: string) => text.split('\n').map(words)

const MEASURES: Record<string, (candidate: string[][], reference: string[][]) => OverlapScore> = {
  rouge1: (a, b) => rougeN(a.flat(), b.flat(), 1),
  rouge2: (a, b) => rougeN(a.flat(), b.flat(), 2),
  rouge3: (a, b) => rougeN(a.flat(), b.flat(), 3),
  rougeL: (a, b) => rougeL(a.flat(), b.flat()),
}

function expectScore(actual: OverlapScore, [precision, recall, f1]: Triple, what: string): void {
  expectClose(actual.precision, precision, `${what} precision`)
  expectClose(actual.recall, recall, `${what} recall`)
  expectClose(actual.f1, f1, `${what} F1`)
}

describe('ROUGE', () => {
  const reference = referenceValues<RougeValues>('rouge')
  const tokens = fc.array(fc.constantFrom('дом', 'река', 'мост', 'день', 'власть'), {maxLength: 80})
  const sentences = fc.array(tokens, {maxLength: 5})

  it('gives precision 1, recall 1/3 and F 1/2 for one word of three', () => {
    const score = rougeN(['testing'], ['testing', 'one', 'two'], 1)
    expectScore(score, [1, 1 / 3, 1 / 2], 'rouge1')
  })

  it('equals rouge-score on 300 random texts', () => {
    for (const [i, {candidate, reference: target, scores}] of reference.cases.entries()) {
      for (const [t, type] of reference.types.entries()) {
        expectScore(MEASURES[type]!(lines(candidate), lines(target)), scores[t]!, `case ${i} ${type}`)
      }
    }
  })

  it('equals rouge-score on 200 Russian news summaries', () => {
    for (const [i, row] of newsRows().entries()) {
      const [generated, target] = [simpleSentences(row.generated), simpleSentences(row.reference)]
      for (const [t, type] of reference.types.entries()) {
        expectScore(MEASURES[type]!(generated, target), reference.news[i]![t]!, `row ${i} ${type}`)
      }
    }
  })

  it('gives the three scores together as it gives each', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        expect(rouge(a, b)).to.deep.equal({rouge1: rougeN(a, b, 1), rouge2: rougeN(a, b, 2), rougeL: rougeL(a, b)})
      }),
    )
  })

  it('scores an empty candidate 0 instead of failing', () => {
    for (const measure of Object.values(MEASURES)) expectScore(measure([], [['дом']]), [0, 0, 0], 'empty')
  })

  it('refuses n-grams of length 0', () => {
    expect(() => rougeN(['а'], ['а'], 0)).to.throw(RangeError, /maxOrder is 0/)
  })

  it('scores a text against itself 1', () => {
    const long = fc.array(fc.array(fc.string({minLength: 1}), {minLength: 3, maxLength: 9}), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(long, text => {
        for (const [type, measure] of Object.entries(MEASURES)) expectScore(measure(text, text), [1, 1, 1], type)
      }),
    )
  })

  it('swaps precision and recall with its arguments', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        for (const measure of ['rouge1', 'rouge2', 'rougeL']) {
          const [there, back] = [MEASURES[measure]!([a], [b]), MEASURES[measure]!([b], [a])]
          expect([there.precision, there.recall, there.f1]).to.deep.equal([back.recall, back.precision, back.f1])
        }
      }),
    )
  })

  it('stays between 0 and 1', () => {
    fc.assert(
      fc.property(sentences, sentences, (a, b) => {
        for (const measure of Object.values(MEASURES)) {
          for (const part of Object.values(measure(a, b))) expect(part).to.be.within(0, 1)
        }
      }),
    )
  })

  it('does not depend on word order for ROUGE-1', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        expect(rougeN(a.toReversed(), b, 1)).to.deep.equal(rougeN(a, b, 1))
      }),
    )
  })
})
