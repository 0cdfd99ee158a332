import {inEnglish} from '@ep23/sdk/testing'
import {atOnce, seededRandom} from '@ep23/statistics'
import {expect} from 'chai'

import {gateCalibration} from '#src/domain/calibration-status.js'
import {scoreCalibrations} from '#src/domain/calibration.js'
import {agreeWithPeople} from '#src/usecases/calibrate/agree-with-people.js'
import {peopleNotes} from '#src/usecases/calibrate/render-people.js'

import {calibrationOf, type RatersCell, rowsOf, statusOfCell} from '../../sample/simulated-raters.ts'

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

  // What texts of one book are worth is alike to whoever gives labels, and to a judge that knows nothing of it.
  it('hardly ever: one that knows nothing, by a file of labels of ten sources', () => {
    const random = seededRandom(23)
    const cell = {sources: 10, size: 10, raters: 1, agreement: 1, judge: 0, level: 0.6}
    const statuses = Array.from({length: RUNS}, () => statusByFile(cell, random))
    expect(statuses.filter(status => status === 'calibrated')).to.have.length.below(RUNS / 10)
  })

  it('never by a file of labels of three sources, however many they are', () => {
    const cell = {sources: 3, size: 40, raters: 1, agreement: 1, judge: 0.95, level: 0}
    expect(statusByFile(cell, seededRandom(23))).to.equal('too_few')
  })
})

function statusByFile(cell: RatersCell, random: ReturnType<typeof seededRandom>): string {
  const rows = rowsOf(cell, random)
  const labels = rows.map(({source, labels: [human_score = 0]}) => ({
    ...{source, summary: source, human_score},
    group: source,
  }))
  const values = rows.map(({judge}) => (judge - 1) / 4)
  const rater = {name: 'house.coverage', kind: 'judge', signature: 'house|v:1', model: null, values} as const
  const scale = [1, 2, 3, 4, 5]
  const settings = {seed: 1, resamples: 200, confidence: 0.95}
  const agreement = atOnce(agreeWithPeople(rater, labels, {scale, lengths: labels.map((_, i) => i)}, settings))
  const at = new Date('2024-12-04')
  const known = scoreCalibrations(
    {
      labels: {
        file: '',
        sha256: '',
        rows: rows.length,
        groups: cell.sources,
        scale: {lowest: 1, highest: 5, labels: scale},
      },
      ...{settings, raters: [agreement], saved: [], notes: []},
    },
    {at, rubric: null},
  )
  return gateCalibration({judge: 'house', signature: 'house|v:1', model: null, at: at.toISOString(), known}, 'coverage')
    .status
}
