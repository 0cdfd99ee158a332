import {expect} from 'chai'
import * as fc from 'fast-check'

import {distinctN, sentenceRedundancy} from '#src/measures/repetition.js'

import {expectClose, words} from './reference.ts'

describe('distinct-n', () => {
  it('is the share of different n-grams', () => {
    expect(distinctN(words('а б а б а'), 2)).to.equal(2 / 4)
    expect(distinctN(words('а б в'), 2)).to.equal(1)
  })

  it('is unmeasured for a text shorter than one n-gram', () => {
    expect(distinctN(words('а'), 2)).to.equal(undefined)
  })

  it('tells apart tokens that would read the same when joined', () => {
    expect(distinctN(['аб', 'в', 'а', 'бв'], 2)).to.equal(1)
  })

  it('stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('а', 'б', 'в'), {minLength: 3}), tokens => {
        expect(distinctN(tokens, 2)).to.be.within(0, 1)
      }),
    )
  })
})

describe('sentence redundancy', () => {
  it('is 1 for a sentence said twice and 0 for sentences with nothing in common', () => {
    expect(sentenceRedundancy([words('мост открыли'), words('мост открыли')])).to.equal(1)
    expect(sentenceRedundancy([words('мост открыли'), words('выросли цены')])).to.equal(0)
  })

  it('averages each sentence with its nearest one', () => {
    // Nearest F1: 1 and 1 for the equal ones, 2·(1/2)·(1/2) / 1 = 1/2 for the third.
    expectClose(sentenceRedundancy([words('а б'), words('а б'), words('а в')]), 2.5 / 3)
  })

  it('is unmeasured with fewer than two sentences that say something', () => {
    expect(sentenceRedundancy([words('а б'), []])).to.equal(undefined)
  })

  it('does not depend on the order of the sentences', () => {
    const sentences = fc.array(fc.array(fc.constantFrom('а', 'б', 'в'), {maxLength: 6}), {minLength: 2, maxLength: 6})
    fc.assert(
      fc.property(sentences, text => {
        expectClose(sentenceRedundancy(text), sentenceRedundancy(text.toReversed()) ?? null)
      }),
    )
  })
})
