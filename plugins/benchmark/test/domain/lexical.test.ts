import {isMeasured} from '@ep23/sdk'
import {expect} from 'chai'

import {analyzeSource, lexicalFeatures, type LexicalFeatures} from '#src/domain/lexical-features.js'
import {
  LEXICAL_SIGNATURE,
  lexicalScores,
  weightedMean,
  LEXICAL_SCORES,
  LEXICAL_WEIGHTS,
} from '#src/domain/lexical-scores.js'

import {sampleOf} from '../sample/samples.ts'

const SOURCE = `Компания «Яндекс» 5 ноября открыла в Казани центр на 120 инженеров. Центр Казани займётся картами.

Учёные Новосибирска измерили глубину озера: 1637 метров. Озеро глубже, чем думали учёные прежде.`

describe('the lexical judge', () => {
  it('takes a source that sums itself up as complete, true and covering everything', () => {
    const features = lexicalFeatures(analyzeSource(SOURCE), SOURCE)
    for (const name of [
      'word_overlap',
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
    const features = lexicalFeatures(analyzeSource(SOURCE), 'озеро')
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

describe('a mean of features', () => {
  it('gives the weight of a missing feature to the others', () => {
    const partly = {word_overlap: 0.4, variety: 0.8} as unknown as LexicalFeatures
    expect(weightedMean(partly, {word_overlap: 1, key_terms: 5, variety: 1})).to.be.closeTo(0.6, 1e-12)
    expect(weightedMean(partly, {key_terms: 5})).to.equal(undefined)
  })
})
