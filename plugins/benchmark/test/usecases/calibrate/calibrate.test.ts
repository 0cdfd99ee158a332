import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Judge} from '@ep23/sdk'
import {fakeRuntime, inEnglish} from '@ep23/sdk/testing'
import {atOnce} from '@ep23/statistics'
import {expect} from 'chai'

import {readCalibrations, saveCalibrations} from '#src/adapters/calibration-files.js'
import {findScenario} from '#src/adapters/find-scenario.js'
import {lexicalJudge} from '#src/adapters/offline-judges.js'
import {parseColumns, readLabels} from '#src/adapters/read-labels.js'
import {gateCalibration} from '#src/domain/calibration-status.js'
import {scoreCalibrations, type ScoreCalibration} from '#src/domain/calibration.js'
import type {PeopleAgreement} from '#src/domain/people-agreement.js'
import {LEXICAL_SCORES, LEXICAL_SIGNATURE} from '#src/domain/lexical-scores.js'
import {agreeWithPeople, linearLabels, matchedLabels, scaleOf} from '#src/usecases/calibrate/agree-with-people.js'
import {calibrate} from '#src/usecases/calibrate/calibrate.js'
import {renderCalibration} from '#src/usecases/calibrate/render-calibration.js'

const SCORED = join(import.meta.dirname, '../../../../../../shared/data/summaries/human_scored')
const SETTINGS = {seed: 23, resamples: 200, confidence: 0.95}

const rows = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5].map((human_score, index) => ({
  source: 'источник',
  summary: `итог ${index}`,
  human_score,
  group: index < 5 ? 'one' : 'two',
}))
/** Of summaries whose lengths say nothing. */
const on = (scale: readonly number[]) => ({scale, lengths: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]})
const rater = (values: (number | undefined)[], kind: 'judge' | 'measure' = 'judge') => ({
  name: 'x',
  kind,
  signature: 'x|v:1',
  model: null,
  values,
})

describe('calibrating against people', function () {
  this.timeout(120_000)

  it('gives a rater that says the same full agreement', () => {
    const agreement = atOnce(
      agreeWithPeople(rater(rows.map(row => (row.human_score - 1) / 4)), rows, on([1, 2, 3, 4, 5]), SETTINGS),
    )
    expect(agreement.spearman.estimate).to.be.closeTo(1, 1e-12)
    expect(agreement.weighted_kappa).to.equal(1)
    expect(agreement.krippendorff_alpha.estimate).to.equal(1)
    expect(agreement.within_groups).to.be.closeTo(1, 1e-12)
    expect(agreement.confusion.counts.map((row, i) => row[i])).to.deep.equal([2, 2, 2, 2, 2])
  })

  it('counts what a rater left unmeasured and takes it for nothing', () => {
    const values = rows.map((row, i) => (i === 0 ? undefined : row.human_score / 5))
    const {measured, unmeasured, spearman} = atOnce(agreeWithPeople(rater(values), rows, on([1, 2, 3, 4, 5]), SETTINGS))
    expect({measured, unmeasured}).to.deep.equal({measured: 9, unmeasured: 1})
    expect(spearman).to.include({measured: 9, unmeasured: 1})
    expect(spearman.estimate).to.be.closeTo(1, 1e-12)
  })

  it('shows that a rater which only tells sources apart knows nothing within them', () => {
    const scored = rows.map((row, i) => ({...row, human_score: i < 5 ? [1, 2, 1, 2, 1][i]! : [4, 5, 4, 5, 4][i - 5]!}))
    const values = scored.map(({group}, i) => (group === 'one' ? 0.1 : 0.9) + (i % 3) / 100)
    const {spearman, within_groups: within} = atOnce(
      agreeWithPeople(rater(values), scored, on([1, 2, 3, 4, 5]), SETTINGS),
    )
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

  it('holds the length fixed: a rater that only counts words has nothing left', () => {
    const lengths = rows.map((row, i) => row.human_score + (i % 3) / 10)
    const counting = rater(lengths.map(length => length / 6))
    const {given_length: nothing} = atOnce(agreeWithPeople(counting, rows, {scale: [1, 2, 3, 4, 5], lengths}, SETTINGS))
    expect(nothing).to.equal(null)
    const other = rater(lengths.map((length, i) => length / 6 + (i % 2) / 3))
    const {given_length: left, spearman} = atOnce(
      agreeWithPeople(other, rows, {scale: [1, 2, 3, 4, 5], lengths}, SETTINGS),
    )
    expect(spearman.estimate).to.be.greaterThan(0.5)
    expect(Math.abs(left ?? 0)).to.be.lessThan(0.5)
  })

  it('keeps what people think of each score, and names what stands behind a gate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-calibrations-'))
    const calibrated = await calibration(rows, [judgeOf('house', 'house|v:1')])
    const saved = await saveCalibrations(
      folder,
      scoreCalibrations(calibrated, {at: new Date('2024-12-01'), rubric: 'good?'}),
    )
    expect(saved).to.have.length(1)
    const known = (await readCalibrations(folder)).filter(({judge}) => judge === 'house')
    expect(known.map(({score}) => score).toSorted()).to.deep.equal(['coverage', 'style'])
    expect(known[0]).to.include({signature: 'house|v:1', rows: 10, groups: 2, rubric: 'good?', judge: 'house'})
    const ofModel = (model: string) => ({...(known[0] as ScoreCalibration), judge: 'asks', model})
    expect(await saveCalibrations(folder, [ofModel('a'), ofModel('b')])).to.have.length(2)
    expect((await readCalibrations(folder)).filter(({judge}) => judge === 'asks')).to.have.length(2)
    // The same again takes its place.
    await saveCalibrations(folder, scoreCalibrations(calibrated, {at: new Date('2024-12-02'), rubric: null}))
    expect((await readCalibrations(folder)).filter(({judge}) => judge === 'house')).to.have.length(2)
    writeFileSync(saved[0] as string, '{}')
    await readCalibrations(folder).then(
      () => expect.fail('nothing was thrown'),
      (error: Error) => expect(error).to.include({code: 'BENCHMARK_BAD_CALIBRATION', exit: 65}),
    )
    rmSync(folder, {recursive: true})
  })

  const score = (changes: Partial<ScoreCalibration> = {}): ScoreCalibration => ({
    ...{judge: 'llm', signature: 'llm|v:1', model: 'a', score: 'coverage'},
    ...{given_length: 0.4, krippendorff_alpha: 0.7},
    ...{spearman: {estimate: 0.6, low: 0.3, high: 0.8, confidence: 0.95}, rows: 100, groups: 20},
    ...{labels_sha256: 'a'.repeat(64), rubric: null, at: '2024-11-01T00:00:00.000Z'},
    ...changes,
  })
  const people = (low: number, changes: Partial<PeopleAgreement> = {}): ScoreCalibration =>
    score({
      people: {
        ...{
          raters: ['anna', 'boris'],
          doubly_labelled: 100,
          alpha_people: 0.63,
          alpha_people_low: 0.5,
          alpha_judge: 0.6,
          length_slope: 0,
          alt_test: null,
        },
        ...{difference: {estimate: -0.03, low, high: 0.1, confidence: 0.9}, part: 'all', held_out_uses: 1},
        estimate: {mean: 3.9, low: 3.7, high: 4.1, lambda: 0.5, digests: 150, labels_alone: 3.8},
        ...changes,
      },
    })
  const holdsZero = {estimate: 0.1, low: -0.1, high: 0.3, confidence: 0.95}
  for (const [status, known] of [
    ['calibrated', [score()]],
    ['calibrated', [score({spearman: holdsZero, at: '2024-01-01T00:00:00.000Z'}), score()]],
    ['uncalibrated', [score({spearman: holdsZero})]],
    ['uncalibrated', [score({spearman: {...holdsZero, estimate: null, low: null, high: null}})]],
    ['calibrated', [people(-0.19)]],
    ['uncalibrated', [people(-0.21)]],
    ['too_few', [people(-0.1, {doubly_labelled: 29})]],
    // Not far behind people who agree, and yet perhaps unrelated to them.
    ['uncalibrated', [{...people(-0.1), spearman: holdsZero}]],
    // Not far behind people who hardly agree.
    ['people_disagree', [people(-0.1, {alpha_people: 0.15, alpha_people_low: -0.1})]],
    // All said the same of all: nothing to follow.
    ['uncalibrated', [{...people(-0.1, {alpha_people: null, alpha_people_low: null}), spearman: holdsZero}]],
    // Of a single rater the correlation alone decides.
    ['calibrated', [people(-0.3, {raters: ['anna'], doubly_labelled: 0, alpha_people: null, alpha_people_low: null})]],
    ['other_instrument', [score({signature: 'llm|v:2'})]],
    // The prompt is the same, and the signature with it.
    ['other_instrument', [score({model: 'b'})]],
    ['too_few', [score({rows: 29})]],
    ['too_few', [score({groups: 9})]],
    ['too_few', [{...people(-0.1), groups: 9}]],
    ['stale', [score({at: '2023-01-01T00:00:00.000Z'})]],
    ['none', [score({score: 'accuracy'}), score({judge: 'lexical'})]],
  ] as const)
    it(`calls a score ${status} by what is known of its judge`, () => {
      const instrument = {judge: 'llm', signature: 'llm|v:1', model: 'a', at: '2024-12-04T00:00:00.000Z', known}
      expect(gateCalibration(instrument, 'coverage').status).to.equal(status)
    })

  it('finds informativeness as good as ROUGE-1 on the experts’ books, each for itself, and the shipped figures again', async function () {
    if (!existsSync(SCORED)) this.skip()
    const {rows: labels, sha256} = await readLabels({
      path: join(SCORED, 'summaries.jsonl'),
      sources: join(SCORED, 'chapters.jsonl.gz'),
      columns: parseColumns('key=chapter_id,source=text,summary=chapter_summary'),
    })
    const again = await calibration(labels, [lexicalJudge()], sha256)
    expect(again.labels).to.include({rows: 52, groups: 3})
    const of = (name: string) => again.raters.find(each => each.name === name)
    expect(of('lexical.informativeness')?.spearman.estimate).to.be.at.least(of('rouge1')?.spearman.estimate ?? 1)
    expect(of('lexical.informativeness')?.within_groups).to.be.at.least(of('rouge1')?.within_groups ?? 1)
    expect(of('log_length')).to.include({given_length: null})
    expect(inEnglish(again.notes).join('\n'))
      .to.include('52 labels')
      .and.include('3 sources')
      .and.include('cannot stand in')
    expect(renderCalibration(again)[0]).to.equal('52 labels from 1 to 5 on 3 sources (few.csv)')
    const shipped = (await readCalibrations(tmpdir())).filter(({labels_sha256}) => labels_sha256 === sha256)
    expect(shipped.map(({score: name}) => name)).to.have.members([...LEXICAL_SCORES])
    for (const {score: name, spearman} of shipped)
      expect(spearman.estimate, name).to.be.closeTo(of(`lexical.${name}`)?.spearman.estimate ?? -2, 1e-9)
  })

  it('ships a calibration of the lexical judge as it is, and gates of its scores only where they follow the experts', async () => {
    const known = (await readCalibrations(tmpdir())).filter(({judge}) => judge === 'lexical')
    const hint =
      'calibrate again: ep23 benchmark:calibrate --save, and copy the file to config/calibrations/lexical.json'
    expect(new Set(known.map(({signature}) => signature)), hint).to.deep.equal(new Set([LEXICAL_SIGNATURE]))
    const at = known[0]?.at ?? ''
    for (const name of ['channel_digest_ru', 'review_summary_ru']) {
      const scenario = await findScenario(name, {configDir: tmpdir(), contributions: []})
      for (const {metric} of scenario.gates['lexical'] ?? []) {
        const instrument = {judge: 'lexical', signature: LEXICAL_SIGNATURE, model: null, at, known}
        // Of chapters of three books: with --require-calibration none of them decides.
        const {status, spearman} = gateCalibration(instrument, metric)
        expect(status, metric).to.equal('too_few')
        expect(spearman, metric).to.deep.include({low: null, high: null})
        expect(spearman?.estimate, metric).to.be.above(0.5)
      }
    }
  })
})

function judgeOf(name: string, signature: string): Judge {
  return {
    ...{name, signature, scale: name, scores: ['coverage', 'style']},
    judge: async ({summary_markdown: text}) => ({scores: {coverage: {value: text.length / 100}, style: {value: 0.5}}}),
  }
}

function calibration(labels: Parameters<typeof calibrate>[1], judges: Judge[], sha256 = 'b'.repeat(64)) {
  const {progress, signal} = fakeRuntime()
  const deps = {progress, signal, judges, lexicalSignature: LEXICAL_SIGNATURE}
  return calibrate(deps, labels, {...SETTINGS, file: 'few.csv', sha256})
}
