import {expect} from 'chai'

import {judgeOfStatements} from '#src/usecases/calibrate/judge-of-statements.js'

import {eventOf, labelledPlan} from '../../sample/labelled.ts'

/** The judge and one rater agree on everything: of each five statements two are wrong. Further digests are the judge's alone. */
function agreedOn(labelled: number, judged: number) {
  const isRight = (item: number): boolean => item % 5 > 1
  const anna = Array.from({length: labelled}, (_, item) =>
    eventOf(item, {kind: 'claim', bullet: 0, value: isRight(item) ? 'right' : 'wrong'}),
  )
  const digests = Array.from({length: judged}, (_, item) => ({
    run_id: 'run',
    sample_id: `s${item}`,
    supported: [isRight(item)],
  }))
  return judgeOfStatements(labelledPlan(labelled, {anna}, {mode: 'claims'}), digests, 'all')
}

describe('a judge of statements beside people', () => {
  it('tells no share of theirs by five statements, even where it never erred', () => {
    const {sensitivity, specificity, people_share: people} = agreedOn(5, 100)
    expect([sensitivity.estimate, specificity.estimate]).to.deep.equal([1, 1])
    expect(people).to.equal(null)
  })

  it('tells it by a hundred, no surer than its own errors are known', () => {
    const {estimate = 0, low = 0, high = 0} = agreedOn(100, 400).people_share ?? {}
    expect(estimate).to.be.closeTo(0.6, 1e-12)
    expect(low).to.be.within(0.45, 0.55)
    expect(high).to.be.within(0.65, 0.75)
  })
})
