import {inEnglish} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {judgeAmongPeople} from '#src/usecases/calibrate/judge-among-people.js'
import {renderPeopleCalibration} from '#src/usecases/calibrate/render-people.js'

import {coverageOf, labelledPlan} from '../../sample/labelled.ts'

const RATERS = ['anna', 'boris', 'clara']

/** What is told of a judge who agrees with three raters on so many digests. */
function toldOf(digests: number): string {
  const labels = Array.from({length: digests}, (_, item) => 1 + (item % 5))
  const labelled = labelledPlan(digests, Object.fromEntries(RATERS.map(rater => [rater, coverageOf(labels.join(' '))])))
  const texts = labels.map((label, item) => ({
    ...{run_id: 'run', sample: {sample_id: `s${item}`}, text: 'digest'.repeat(1 + (item % 7))},
    scores: {coverage: (label - 1) / 4},
  }))
  const options = {
    ...{part: 'all' as const, judge: 'llm', signature: 'llm', model: null, labelsSha256: '', heldOutUses: 0, at: ''},
    ...{seed: 1, resamples: 50},
  }
  const scores = judgeAmongPeople(labelled, texts, options)
  const {judge, signature} = options
  const told = {plan: 'plan', judge, signature, scores, statements: null, next: null, saved: [], notes: []}
  return inEnglish(renderPeopleCalibration(told, 'en')).join('\n')
}

describe('telling how a judge stands among people', () => {
  it('says whether it could take the place of a rater, and by how many digests that can be told', () => {
    expect(toldOf(30)).to.include('holds its own against 1.00 of them')
    expect(toldOf(29)).to.include('not told, three raters with 30 digests each')
  })
})
