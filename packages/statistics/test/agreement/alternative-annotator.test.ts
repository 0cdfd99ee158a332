import {expect} from 'chai'

import {alternativeAnnotatorTest, type AnnotatedItem} from '#src/agreement/alternative-annotator.js'

/** Forty items whose worth goes from 1 to 5; each annotator errs by a step on every so many of them. */
function items(judge: (worth: number, item: number) => number, annotators = ['a', 'b', 'c']): AnnotatedItem[] {
  return Array.from({length: 40}, (_, item) => {
    const worth = 1 + (item % 5)
    const labels = annotators.map((name, index) => [name, worth + ((item + index) % 4 === 0 ? 1 : 0)] as const)
    return {judge: judge(worth, item), labels: Object.fromEntries(labels)}
  })
}

describe('the alternative annotator test', () => {
  it('lets a judge stand in that is nearer to the others than each of them', () => {
    const found = alternativeAnnotatorTest(items(worth => worth))
    expect(found).to.include({winning_rate: 1})
    expect(found?.advantage).to.be.above(0.9)
    expect(found?.annotators.map(({name, items: count, beaten}) => [name, count, beaten])).to.deep.equal([
      ['a', 40, true],
      ['b', 40, true],
      ['c', 40, true],
    ])
  })

  it('refuses one that says the same of everything, and one that says the opposite', () => {
    for (const judge of [() => 3, (worth: number) => 6 - worth]) {
      const found = alternativeAnnotatorTest(items(judge))
      expect(found?.winning_rate).to.equal(0)
      expect(found?.advantage).to.be.below(0.5)
    }
  })

  it('counts a tie for both, so that a copy of the annotators is as good as they are', () => {
    const same = Array.from({length: 30}, (_, item) => ({
      judge: item % 5,
      labels: {a: item % 5, b: item % 5, c: item % 5},
    }))
    expect(alternativeAnnotatorTest(same)).to.include({winning_rate: 1, advantage: 1})
  })

  it('computes p as a t-test of the differences against epsilon', () => {
    // Of ten items the judge loses two and ties on the others: mean 0.2, sd 0.4216, against 0.5: t = -2.25 with 9 degrees, p = 0.0255.
    const ten = Array.from({length: 10}, (_, item) => ({judge: item < 2 ? 5 : 1, labels: {a: 1, b: 1, c: 1}}))
    const found = alternativeAnnotatorTest(ten, {epsilon: 0.5})
    for (const {p} of found?.annotators ?? []) expect(p).to.be.closeTo(0.02549, 1e-4)
    expect(found?.winning_rate).to.equal(1)
  })

  it('says nothing of fewer than three annotators', () => {
    expect(alternativeAnnotatorTest(items(worth => worth, ['a', 'b']))).to.equal(undefined)
    expect(alternativeAnnotatorTest([])).to.equal(undefined)
  })
})
