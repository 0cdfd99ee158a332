import {seededRandom} from '@ep23/statistics'
import {expect} from 'chai'

import type {PairAnswer} from '#src/domain/label/label-event.js'
import {reportLabels} from '#src/usecases/label/report-labels.js'

import {coverageOf, eventOf, labelledPlan, pairsOf} from '../../sample/labelled.ts'
import {inEnglish} from '@ep23/sdk/testing'

const OPTIONS = {seed: 1, resamples: 200, revealed: true, textsOf: () => ['long text', 'text']}
const agreementOn = (measure: string, ...[labelled]: [Parameters<typeof reportLabels>[0]]) =>
  reportLabels(labelled, OPTIONS).agreement.find(each => each.measure === measure)

describe('the report on labels', () => {
  it('does not depend on the order of the files', () => {
    const [anna, boris] = [coverageOf('1 2 3 4 5 1 2 3 4 5 3'), coverageOf('1 2 3 4 4 1 2 2 4 5 5')]
    const one = reportLabels(labelledPlan(11, {anna, boris}), OPTIONS)
    const other = reportLabels(labelledPlan(11, {boris, anna}), OPTIONS)
    expect(other).to.deep.equal(one)
    expect(one.agreement[1]?.alpha?.low).to.be.a('number')
  })

  it('takes sources, not items, as what varies', () => {
    const random = seededRandom(3)
    const values = Array.from({length: 60}, (_, i) => 1 + (Math.floor(i / 10) % 5))
    const noisy = values.map((value, i) => (Math.floor(i / 10) % 2 === 0 ? value : 1 + random.below(5)))
    const files = {anna: coverageOf(values.join(' ')), boris: coverageOf(noisy.join(' '))}
    const width = (sourceOf: (item: number) => string): number => {
      const alpha = agreementOn('coverage', labelledPlan(60, files, {sourceOf}))?.alpha
      return (alpha?.high ?? NaN) - (alpha?.low ?? NaN)
    }
    expect(width(item => String(Math.floor(item / 10)))).to.be.above(1.4 * width(String))
  })

  it('says "total agreement", "none, one rater", and refuses an interval of five items', () => {
    const equal = reportLabels(
      labelledPlan(12, {anna: coverageOf('3 '.repeat(12).trim()), boris: coverageOf('3 '.repeat(12).trim())}),
      OPTIONS,
    )
    expect(equal.agreement[1]).to.include({status: 'total', alpha: null})
    expect(inEnglish(equal.notes).join('\n')).to.include('total agreement on coverage')
    const alone = reportLabels(labelledPlan(12, {anna: coverageOf('1 2 3 4'), boris: []}), OPTIONS)
    expect(alone.agreement[1]).to.include({status: 'one_rater', alpha: null})
    expect(alone.notes).to.include('agreement: none, one rater')
    const five = reportLabels(labelledPlan(5, {anna: coverageOf('1 2 3 4 5'), boris: coverageOf('1 2 3 4 4')}), OPTIONS)
    expect(five.agreement[1]?.status).to.equal('too_few')
    expect(five.agreement[1]?.alpha).to.include({low: null, high: null})
    expect(inEnglish(five.notes).join('\n')).to.include('too few items')
    expect(reportLabels(labelledPlan(3, {anna: [], boris: []}), OPTIONS).notes).to.deep.equal([
      'nothing is labelled yet',
    ])
  })

  it('counts neither the warm-up, nor what was skipped, nor another rubric, nor "cannot judge"', () => {
    const other = eventOf(3, {kind: 'score', score: 'coverage', value: 5}, {rubric: 'r0'})
    const anna = [...coverageOf('1 2 0'), other, eventOf(4, {kind: 'skip'})]
    const report = reportLabels(labelledPlan(12, {anna, boris: coverageOf('1 2 3 4 5')}, {warmUp: 1}), OPTIONS)
    expect(report.agreement[1]?.items).to.equal(1)
    expect(report.other_rubrics).to.deep.equal([{rubric: 'r0', labels: 1}])
    expect(report.raters[0]).to.include({rater: 'anna', labelled: 4, skipped: 1})
  })

  it("tells a rater's own consistency by the hidden repeats", () => {
    const again = [4, 1].map((value, item) => eventOf(item, {kind: 'score', score: 'coverage', value}, {pass: 2}))
    const report = reportLabels(labelledPlan(3, {anna: [...coverageOf('4 3 3'), ...again]}), OPTIONS)
    expect(report.raters[0]?.consistency[1]).to.deep.equal({measure: 'coverage', repeats: 2, same: 1, within_one: 1})
  })
})

describe('preferences', () => {
  const ANSWERS: PairAnswer[] = Array.from({length: 40}, (_, i) =>
    i % 5 === 0 ? 'tie' : i % 3 === 0 ? 'second' : 'first',
  )

  it('are of the texts, whichever was shown first', () => {
    const shown = (order: 0 | 1, answers: readonly PairAnswer[]) =>
      reportLabels(labelledPlan(40, {anna: pairsOf(answers, order)}, {mode: 'pair'}), OPTIONS).preferences
    const swapped = ANSWERS.map(answer => (answer === 'first' ? 'second' : answer === 'second' ? 'first' : answer))
    const [plain, turned] = [shown(0, ANSWERS), shown(1, swapped)]
    expect(turned?.differences).to.deep.equal(plain?.differences)
    expect(plain?.ties).to.equal(8)
    const [{a, b, probability} = {a: '', b: '', probability: {estimate: 0, low: 0, high: 0}}] = plain?.differences ?? []
    expect([a, b]).to.deep.equal(['w1', 'w2'])
    // 21 wins, 11 losses, 8 ties as half of each: 25 of 40.
    const wins = ANSWERS.filter(answer => answer === 'first').length + 4
    expect(probability.estimate).to.be.closeTo(wins / 40, 1e-9)
    expect(probability.low).to.be.below(wins / 40)
    expect(plain?.position.first_wins.estimate).to.be.above(0.5)
    expect(turned?.position.first_wins.estimate).to.be.below(0.5)
  })

  it('say in words that fewer than five people speak for themselves only', () => {
    const notesOf = (raters: readonly string[]): string => {
      const files = Object.fromEntries(raters.map(rater => [rater, pairsOf(ANSWERS)]))
      return inEnglish(reportLabels(labelledPlan(40, files, {mode: 'pair'}), OPTIONS).notes).join('\n')
    }
    expect(notesOf(['anna', 'boris', 'clara'])).to.include('3 raters: ')
    expect(notesOf(['anna', 'boris', 'clara', 'dina', 'egor'])).to.not.include('raters: ')
  })

  it('call writers by letters until the plan is revealed', () => {
    const labelled = labelledPlan(40, {anna: pairsOf(ANSWERS)}, {mode: 'pair'})
    const hidden = JSON.stringify(reportLabels(labelled, {...OPTIONS, revealed: false}))
    expect(hidden).to.include('writer A').and.not.include('w1')
  })

  it('part a liking for the text from a liking for the place by the repeats', () => {
    const again = [
      eventOf(0, {kind: 'pair', value: 'first'}, {pass: 2, order: 1}),
      eventOf(1, {kind: 'pair', value: 'second'}, {pass: 2, order: 1}),
      eventOf(2, {kind: 'pair', value: 'tie'}, {pass: 2, order: 1}),
    ]
    const labelled = labelledPlan(3, {anna: [...pairsOf(['first', 'first', 'first']), ...again]}, {mode: 'pair'})
    expect(reportLabels(labelled, OPTIONS).preferences?.position.repeats).to.deep.equal({
      same_text: 1,
      same_place: 1,
      other: 1,
    })
  })
})
