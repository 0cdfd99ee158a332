import {join} from 'node:path'

import {expect} from 'chai'
import {fakeRuntime} from '@ep23/sdk/testing'

import {lexicalJudge} from '#src/adapters/judges/lexical-judge.js'
import {parseColumns, readLabels} from '#src/adapters/labels/read-labels.js'
import {LEXICAL_SIGNATURE} from '#src/domain/lexical/lexical-scores.js'
import {agreeWithPeople} from '#src/usecases/calibrate/agree-with-people.js'
import {calibrate} from '#src/usecases/calibrate/calibrate.js'
import {linearLabels, matchedLabels, scaleOf} from '#src/usecases/calibrate/people-scale.js'
import {renderCalibration} from '#src/usecases/calibrate/render-calibration.js'

const SCORED = join(import.meta.dirname, '../../../../../../shared/data/summaries/human_scored')
const SETTINGS = {seed: 23, resamples: 200, confidence: 0.95}

const rows = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5].map((human_score, index) => ({
  source: 'источник',
  summary: `итог ${index}`,
  human_score,
  group: index < 5 ? 'one' : 'two',
}))
const rater = (values: (number | undefined)[], kind: 'judge' | 'measure' = 'judge') => ({
  name: 'x',
  kind,
  signature: 'x|v:1',
  values,
})

describe('calibrating against people', function () {
  this.timeout(120_000)

  it('gives a rater that says the same full agreement', () => {
    const agreement = agreeWithPeople(
      rater(rows.map(row => (row.human_score - 1) / 4)),
      rows,
      [1, 2, 3, 4, 5],
      SETTINGS,
    )
    expect(agreement.spearman.estimate).to.be.closeTo(1, 1e-12)
    expect(agreement.weighted_kappa.estimate).to.equal(1)
    expect(agreement.krippendorff_alpha.estimate).to.equal(1)
    expect(agreement.within_groups).to.be.closeTo(1, 1e-12)
    expect(agreement.confusion.counts.map((row, i) => row[i])).to.deep.equal([2, 2, 2, 2, 2])
  })

  it('counts what a rater left unmeasured and takes it for nothing', () => {
    const values = rows.map((row, i) => (i === 0 ? undefined : row.human_score / 5))
    const {measured, unmeasured, spearman} = agreeWithPeople(rater(values), rows, [1, 2, 3, 4, 5], SETTINGS)
    expect({measured, unmeasured}).to.deep.equal({measured: 9, unmeasured: 1})
    expect(spearman).to.include({measured: 9, unmeasured: 1})
    expect(spearman.estimate).to.be.closeTo(1, 1e-12)
  })

  it('shows that a rater which only tells sources apart knows nothing within them', () => {
    const scored = rows.map((row, i) => ({...row, human_score: i < 5 ? [1, 2, 1, 2, 1][i]! : [4, 5, 4, 5, 4][i - 5]!}))
    const values = scored.map(({group}, i) => (group === 'one' ? 0.1 : 0.9) + (i % 3) / 100)
    const {spearman, within_groups: within} = agreeWithPeople(rater(values), scored, [1, 2, 3, 4, 5], SETTINGS)
    expect(spearman.estimate).to.be.greaterThan(0.6)
    expect(within).to.be.lessThan(0.3)
  })

  it('puts judges on the scale by their value and measures by their order', () => {
    expect(linearLabels([1, 2, 3, 4, 5])([0, 0.5, 1, 0.6, undefined])).to.deep.equal([1, 3, 5, 3, undefined])
    expect(matchedLabels([1, 2, 3], [1, 2, 2, 3])([70, 10, 30, 20])).to.deep.equal([3, 1, 2, 2])
  })

  it('keeps the steps of the scale that nobody used', () => {
    expect(scaleOf([5, 1, 2])).to.deep.equal([1, 2, 3, 4, 5])
    expect(scaleOf([0.5, 1])).to.deep.equal([0.5, 1])
  })

  it('fits on random halves better than ROUGE-L does on the experts’ scores', async () => {
    const {rows: labels, sha256} = await readLabels({
      path: join(SCORED, 'summaries.jsonl'),
      sources: join(SCORED, 'chapters.jsonl.gz'),
      columns: parseColumns('key=chapter_id,source=text,summary=chapter_summary'),
    })
    const {progress, signal} = fakeRuntime()
    const deps = {progress, signal, judges: [lexicalJudge()], lexicalSignature: LEXICAL_SIGNATURE}
    const options = {...SETTINGS, file: 'summaries.jsonl', sha256, repetitions: 100, resamples: 100}
    const calibration = await calibrate(deps, labels, options)
    expect(calibration.labels).to.include({rows: 52, groups: 3})
    const {composite, rouge_l: rouge} = calibration.halves!
    expect(composite.mean).to.be.greaterThan(rouge.mean)
    expect(rouge.mean).to.be.closeTo(0.6, 0.03)
    expect(calibration.notes.join('\n')).to.include('52 labels').and.include('3 sources').and.include('cannot stand in')
    expect(renderCalibration(calibration)[0]).to.equal('52 labels from 1 to 5 on 3 sources (summaries.jsonl)')
    expect(await calibrate(deps, labels, options)).to.deep.equal(calibration)
  })

  it('does not fit on halves of a handful of labels', async () => {
    const {progress, signal} = fakeRuntime()
    const {halves, notes} = await calibrate({progress, signal, judges: [], lexicalSignature: LEXICAL_SIGNATURE}, rows, {
      ...SETTINGS,
      file: 'few.csv',
      sha256: '',
      repetitions: 10,
    })
    expect(halves).to.equal(null)
    expect(notes).to.include('too few labels to fit on halves')
  })
})
