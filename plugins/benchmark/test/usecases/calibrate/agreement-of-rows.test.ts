import {inEnglish} from '@ep23/sdk/testing'
import {seededRandom} from '@ep23/statistics'
import {expect} from 'chai'

import {peopleNotes} from '#src/usecases/calibrate/render-people.js'

import {calibrationOf, type RatersCell, statusOfCell} from '../../sample/simulated-raters.ts'

describe('how often a judge is called calibrated', function () {
  this.timeout(120_000)
  const RUNS = 30

  function shareOf(status: string, cell: RatersCell): number {
    const random = seededRandom(23)
    const statuses = Array.from({length: RUNS}, () => statusOfCell(cell, random))
    return statuses.filter(each => each === status).length / RUNS
  }
  const useless = {size: 1, judge: 0, level: 0}

  // A judge may stay 0.2 of alpha behind people, whose own is about 0 here: the more labels, the surer that it does.
  for (const [sources, raters, agreement] of [
    [100, 2, 0],
    [200, 2, 0.1],
    [100, 3, 0.1],
  ] as const)
    it(`hardly ever: one that knows nothing, ${sources} digests, ${raters} raters who agree by ${agreement}`, () => {
      expect(shareOf('calibrated', {...useless, sources, raters, agreement})).to.be.below(0.1)
    })

  it('says that people disagree where they do, and names the scores', () => {
    const divided = {...useless, sources: 100, raters: 2, agreement: 0}
    expect(shareOf('people_disagree', divided)).to.be.above(0.9)
    const scores = [calibrationOf(divided, seededRandom(23))]
    const notes = peopleNotes(scores, null, {uses: 1, judges: 1, part: 'all', save: false})
    expect(inEnglish(notes).join()).to.include('coverage: alpha between the people may be 0.2 or less')
  })

  it('mostly: one that follows what people agree on', () => {
    expect(shareOf('calibrated', {sources: 100, size: 1, raters: 2, agreement: 0.6, judge: 0.8, level: 0})).to.be.above(
      0.8,
    )
  })
})
