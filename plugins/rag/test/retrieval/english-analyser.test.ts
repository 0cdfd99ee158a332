import {expect} from 'chai'
import {englishAnalyser, russianAnalyser} from '#src/retrieval/analysers.js'

function termsOf(text: string, options: Parameters<typeof englishAnalyser>[0] = {}): string[] {
  const analyser = englishAnalyser(options)
  return analyser.tokens(text).flatMap(token => analyser.words(token).flatMap(word => word.map(({term}) => term)))
}

describe('englishAnalyser', () => {
  it('brings words to their Porter stems without stop words', () => {
    expect(termsOf('What are the relational conditions of flying?')).to.deep.equal(['relat', 'condit', 'fly'])
  })

  it('brings the words in -ion to the stem of their verbs', () => {
    expect(termsOf('distribution distributed solution')).to.deep.equal(['distribut', 'distribut', 'solut'])
  })

  it('cuts the possessive off and takes compounds apart', () => {
    expect(termsOf("Newton's boundary-layer", {stem: false})).to.deep.equal(['newton', 'boundary', 'layer'])
    expect(termsOf('Newton’s', {stem: false})).to.deep.equal(['newton'])
  })

  it('keeps everything when told to', () => {
    expect(termsOf('What is it', {stem: false, stopWords: false})).to.deep.equal(['what', 'is', 'it'])
  })

  it('has signatures of its own', () => {
    const all = [
      englishAnalyser(),
      englishAnalyser({stem: false}),
      englishAnalyser({stopWords: false}),
      russianAnalyser(),
    ]
    expect(new Set(all.map(({signature}) => signature)).size).to.equal(4)
  })
})
