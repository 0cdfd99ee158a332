import {expect} from 'chai'

import {alternativeAnnotatorTest, type AnnotatedItem} from '#src/agreement/alternative-annotator.js'

import {shareOf, Simulation} from '../simulated.ts'

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
    // The judge loses 6 of 30 items and ties on the others; scipy's ttest_1samp against 0.3, alternative less.
    const thirty = Array.from({length: 30}, (_, item) => ({judge: item < 6 ? 5 : 1, labels: {a: 1, b: 1, c: 1}}))
    const found = alternativeAnnotatorTest(thirty, {epsilon: 0.3})
    for (const {p} of found?.annotators ?? []) expect(p).to.be.closeTo(0.0943192, 1e-6)
    expect(found?.winning_rate).to.equal(0)
  })

  it('is as sure of equal differences as a judge who is worse by epsilon could be lucky', () => {
    const same = Array.from({length: 30}, () => ({judge: 1, labels: {a: 1, b: 1, c: 1}}))
    for (const {p} of alternativeAnnotatorTest(same)?.annotators ?? []) expect(p).to.be.closeTo(0.8 ** 30, 1e-15)
  })

  it('lets no judge stand in by fewer than thirty items', () => {
    const few = items(worth => worth).slice(0, 29)
    expect(alternativeAnnotatorTest(few)).to.equal(undefined)
    expect(alternativeAnnotatorTest(items(worth => worth).slice(0, 30))?.winning_rate).to.be.a('number')
  })

  it('lets a judge who is worse by epsilon stand in by chance in at most 6 %', () => {
    const simulation = new Simulation(17)
    for (const count of [2, 5, 10, 20, 30, 60]) {
      const accepted = shareOf(600, () => {
        const drawn = Array.from({length: count}, () => ({
          judge: simulation.unit() < 0.2 ? 2 : 1,
          labels: {a: 1, b: 1, c: 1},
        }))
        return (alternativeAnnotatorTest(drawn)?.winning_rate ?? 0) >= 0.5
      })
      // Two standard errors of 600 runs above the nominal 5 %.
      expect(accepted, `${count} items`).to.be.at.most(0.068)
    }
  })

  it('says nothing of fewer than three annotators', () => {
    expect(alternativeAnnotatorTest(items(worth => worth, ['a', 'b']))).to.equal(undefined)
    expect(alternativeAnnotatorTest([])).to.equal(undefined)
  })
})
