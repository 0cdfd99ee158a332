import {expect} from 'chai'
import * as fc from 'fast-check'

import {factCoverage, cosineSimilarity, documentFrequencies, tfIdfWeights, topTerms} from '#src/measures/facts.js'

import {expectClose, referenceValues, words} from './reference.ts'

interface TfIdfValues {
  cases: {documents: string[]; first: Record<string, number>; cosines: number[]}[]
}

describe('TF-IDF', () => {
  it("equals scikit-learn's smoothed weights and their cosine on 100 random collections", () => {
    for (const {documents, first, cosines} of referenceValues<TfIdfValues>('tf-idf').cases) {
      const texts = documents.map(words)
      const frequencies = documentFrequencies(texts)
      const [weights, ...others] = texts.map(text => tfIdfWeights(text, frequencies))
      expect([...weights!.keys()]).to.have.members(Object.keys(first))
      for (const [term, weight] of weights!) expectClose(weight, first[term]!)
      for (const [i, other] of [weights!, ...others].entries())
        expectClose(cosineSimilarity(weights!, other), cosines[i]!)
    }
  })

  it('breaks ties of the heaviest terms by their letters, not by the order of the text', () => {
    const frequencies = documentFrequencies([['б', 'а', 'в']])
    const top = (text: string[]) => [...topTerms(tfIdfWeights(text, frequencies), 2).keys()]
    expect(top(['б', 'а', 'в'])).to.deep.equal(['а', 'б'])
    expect(top(['в', 'б', 'а'])).to.deep.equal(['а', 'б'])
  })

  it('has no similarity with an empty text', () => {
    expect(cosineSimilarity(new Map(), new Map([['а', 1]]))).to.equal(0)
  })
})

const weights = (terms: string[]) => new Map(terms.map(term => [term, 1]))

const post = (facts: [string, number][], terms: string[]) => ({facts: new Map(facts), terms: weights(terms)})

describe('fact coverage', () => {
  it('weighs the facts kept and averages over posts, whatever their length', () => {
    const digest = {facts: new Set(['мост', 'number:5']), sentences: [weights(['мост', 'открыли'])]}
    const posts = [
      post(
        [
          ['мост', 3],
          ['река', 1],
        ],
        ['мост', 'открыли', 'река'],
      ),
      post([['number:7', 2]], ['цены']),
    ]
    const coverage = factCoverage(digest, posts, 0.5)
    expect(coverage.recall).to.equal((3 / 4 + 0) / 2)
    expect(coverage.postsCovered).to.equal(0.5)
    expect(coverage.posts.map(({covered, sentence}) => [covered, sentence])).to.deep.equal([
      [true, 0],
      [false, 0],
    ])
  })

  it('leaves a post without facts unmeasured', () => {
    const coverage = factCoverage(
      {facts: new Set(), sentences: []},
      [post([], ['мост']), post([['мост', 1]], ['мост'])],
      0.5,
    )
    expect(coverage).to.include({recall: 0, measured: 1, unmeasured: 1, postsCovered: 0})
    expect(coverage.posts[0]).to.deep.equal({
      recall: undefined,
      similarity: undefined,
      sentence: undefined,
      covered: false,
    })
  })

  it('measures nothing without posts', () => {
    expect(factCoverage({facts: new Set(), sentences: []}, [], 0.5)).to.include({
      recall: undefined,
      postsCovered: undefined,
    })
  })

  it('keeps everything of posts that the digest copies', () => {
    const text = fc.uniqueArray(fc.constantFrom('мост', 'река', 'день', 'цены', 'рубль'), {minLength: 1})
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 5}), posts => {
        const digest = {facts: new Set(posts.flat()), sentences: posts.map(weights)}
        const coverage = factCoverage(
          digest,
          posts.map(terms =>
            post(
              terms.map(term => [term, 2]),
              terms,
            ),
          ),
          1 - 1e-12,
        )
        expect(coverage).to.include({recall: 1, postsCovered: 1})
      }),
    )
  })
})
