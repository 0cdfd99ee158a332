import {seededRandom} from '@ep23/statistics'
import {isMeasured} from '@ep23/sdk'
import {expect} from 'chai'

import {fitComposite, type LabelledFeatures} from '#src/domain/lexical/fit-composite.js'
import {lexicalFeatures, type LexicalFeatures} from '#src/domain/lexical/lexical-features.js'
import {LEXICAL_SIGNATURE, lexicalScores} from '#src/domain/lexical/lexical-scores.js'
import {LEXICAL_SCORES, LEXICAL_WEIGHTS} from '#src/domain/lexical/lexical-weights.js'
import {weightedMean} from '#src/domain/lexical/weighted-mean.js'
import {sampleOf} from '../../sample/samples.ts'

const SOURCE = `Компания «Яндекс» 5 ноября открыла в Казани центр на 120 инженеров. Центр Казани займётся картами.

Учёные Новосибирска измерили глубину озера: 1637 метров. Озеро глубже, чем думали учёные прежде.`

describe('the lexical judge', () => {
  it('takes a source that sums itself up as complete, true and covering everything', () => {
    const features = lexicalFeatures(SOURCE, SOURCE)
    for (const name of [
      'completeness',
      'key_terms',
      'fact_recall',
      'passages_covered',
      'number_precision',
      'name_precision',
      'term_precision',
    ] as const)
      expect(features[name], name).to.equal(1)
  })

  it('lowers accuracy for a number and a name that the source does not have', () => {
    const scoreOf = (summary: string) => {
      const {accuracy} = lexicalScores(sampleOf(1, {source_text: SOURCE, summary_markdown: summary}))
      return isMeasured(accuracy) ? accuracy.value : undefined
    }
    const sound = scoreOf('- В Казани «Яндекс» открыл центр на 120 инженеров.')
    expect(sound).to.be.greaterThan(scoreOf('- В Казани «Яндекс» открыл центр на 350 инженеров.') ?? 1)
    expect(sound).to.be.greaterThan(scoreOf('- В Казани компания Газпром открыла центр на 120 инженеров.') ?? 1)
  })

  it('lets a digest say of how many posts it is', () => {
    const summary_markdown = 'За день — 7 постов. Учёные измерили озеро.'
    const scoreOf = (posts: number) =>
      lexicalScores(
        sampleOf(1, {source_text: SOURCE, summary_markdown, metadata: {origin: 'telegram', posts_count: posts}}),
      )['accuracy']
    expect((scoreOf(7) as {value: number}).value).to.be.greaterThan((scoreOf(6) as {value: number}).value)
  })

  it('leaves out what the texts do not offer instead of inventing it', () => {
    const features = lexicalFeatures(SOURCE, 'озеро')
    expect(features.number_precision).to.equal(undefined)
    expect(features.variety).to.equal(undefined)
    expect(lexicalScores(sampleOf(1, {summary_markdown: '***', source_text: '…'}))['informativeness']).to.include({
      unmeasured: 'not_applicable',
    })
  })

  it('keeps every score between 0 and 1 for texts of any kind', () => {
    for (const text of [
      '',
      '😀😀',
      '# #',
      '1 2 3',
      'а'.repeat(5000),
      '\u2028',
      '**',
      'Слово. '.repeat(200),
      'English only text',
    ])
      for (const source of [SOURCE, '', '…'])
        for (const score of Object.values(lexicalScores(sampleOf(1, {source_text: source, summary_markdown: text}))))
          if (isMeasured(score)) expect(score.value).to.be.within(0, 1)
  })

  it('names in its signature how texts are cut, and has weights for each of its scores', () => {
    expect(LEXICAL_SIGNATURE).to.match(/^lexical\|.*sent:ru-\d+.*stem:sb\d.*tok:ru-\d+.*\|v:\d+$/u)
    for (const name of LEXICAL_SCORES) expect(Object.values(LEXICAL_WEIGHTS[name])).to.not.be.empty
  })
})

describe('fitting a composite', () => {
  const random = seededRandom(5)
  const rows: LabelledFeatures[] = Array.from({length: 60}, () => {
    const [completeness, key_terms, readability] = [random.unit(), random.unit(), random.unit()]
    const features = {completeness, key_terms, readability} as unknown as LexicalFeatures
    return {features, label: 1 + 3 * completeness + key_terms - readability + 0.1 * random.unit()}
  })
  const features = ['completeness', 'key_terms', 'readability'] as const

  it('finds the weights behind labels, and never a negative one', () => {
    const weights = fitComposite(rows, {features, shrinkage: 0})
    expect(weights.completeness).to.be.closeTo(0.75, 0.05)
    expect(weights.key_terms).to.be.closeTo(0.25, 0.05)
    expect(weights.readability).to.equal(0)
  })

  it('is drawn to equal weights, whose sum is 1', () => {
    const weights = fitComposite(rows, {features, shrinkage: 1e9})
    for (const name of features) expect(weights[name]).to.be.closeTo(1 / 3, 1e-6)
  })

  it('gives equal weights when labels say nothing', () => {
    const flat = rows.map(row => ({...row, label: 3}))
    expect(Object.values(fitComposite(flat, {features, shrinkage: 1}))).to.deep.equal([1 / 3, 1 / 3, 1 / 3])
  })

  it('gives the weight of a missing feature to the others', () => {
    const partly = {completeness: 0.4, readability: 0.8} as unknown as LexicalFeatures
    expect(weightedMean(partly, {completeness: 1, key_terms: 5, readability: 1})).to.be.closeTo(0.6, 1e-12)
    expect(weightedMean(partly, {key_terms: 5})).to.equal(undefined)
  })
})
