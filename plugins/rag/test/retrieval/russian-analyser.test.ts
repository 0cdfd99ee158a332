import {expect} from 'chai'

import {russianAnalyser} from '#src/retrieval/analysers.js'

function termsOf(text: string, options: Parameters<typeof russianAnalyser>[0] = {}): string[] {
  const analyser = russianAnalyser(options)
  return analyser.tokens(text).flatMap(token => analyser.words(token).flatMap(word => word.map(({term}) => term)))
}

describe('russianAnalyser', () => {
  it('gives each word its stem and its first four letters', () => {
    expect(termsOf('Новостями')).to.deep.equal(['новост', 'ново*'])
    expect(termsOf('Ёлками')).to.deep.equal(['елк', 'елка*'])
  })

  it('brings together by the prefix what the stemmer leaves apart', () => {
    const [noun, adjective] = [termsOf('Америка'), termsOf('американский')]
    expect(noun[0]).not.to.equal(adjective[0])
    expect(noun[1]).to.equal(adjective[1])
  })

  it('lets a word without a prefix of its own count as two', () => {
    const analyser = russianAnalyser()
    expect(analyser.words('go')).to.deep.equal([[{term: 'go', weight: 2}]])
    expect(analyser.words('python')).to.deep.equal([[{term: 'python', weight: 2}]])
    expect(analyser.words('2024')).to.deep.equal([[{term: '2024', weight: 2}]])
    expect(analyser.words('дом')).to.deep.equal([[{term: 'дом', weight: 2}]])
  })

  it('takes compounds, ranges and tags apart', () => {
    const whole = {stem: false, prefixLength: 0}
    expect(termsOf('Санкт-Петербург, COVID-19 и 1990–1995', whole)).to.deep.equal([
      'санкт',
      'петербург',
      'covid',
      '19',
      '1990',
      '1995',
    ])
    expect(termsOf('#новости_дня от @kanal', whole)).to.deep.equal(['новости', 'дня', 'kanal'])
  })

  it('writes numbers in one way', () => {
    expect(termsOf('5,5 % и 5.5%', {prefixLength: 0})).to.deep.equal(['5.5', '5.5'])
  })

  it('leaves out stop words, interrogatives in every form, addresses and emoji', () => {
    expect(termsOf('Какого? Которыми, и не во что бы то ни было! https://example.org/a 🙂')).to.deep.equal([])
    expect(termsOf('Какого', {stopWords: false, prefixLength: 0})).to.have.length(1)
  })

  it('finds abbreviations typed in small letters', () => {
    expect(termsOf('НАТО и ЮНЕСКО')).to.deep.equal(termsOf('нато юнеско'))
  })

  it('mends words that mix Latin and Cyrillic letters of the same look', () => {
    expect(termsOf('c\u0440едние')).to.deep.equal(termsOf('средние'))
    expect(termsOf('\u0441opy')).to.deep.equal(['copy'])
    expect(termsOf('3dшный', {stem: false, prefixLength: 0})).to.deep.equal(['3dшный'])
  })

  it('says in its signature all that the terms depend on', () => {
    const all = [{}, {stem: false}, {prefixLength: 5}, {prefixLength: 0}, {stopWords: false}].map(
      options => russianAnalyser(options).signature,
    )
    expect(new Set(all).size).to.equal(all.length)
    expect(russianAnalyser().signature).to.equal(russianAnalyser({stem: true, prefixLength: 4}).signature)
    expect(all[0]).to.match(/^ru\|.*\|stem:sb3\|.*\|prefix:4$/)
  })
})
