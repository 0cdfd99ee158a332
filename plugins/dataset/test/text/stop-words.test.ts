import {expect} from 'chai'

import {STOP_WORDS, TELEGRAM_NOISE} from '#src/text/stems.js'
import {matchingForm} from '#src/text/tokens.js'

describe('the stop words', () => {
  it('are the 151 of the standard list', () => {
    expect(STOP_WORDS.size).to.equal(151)
  })

  it('are in matching form, so that they can be found', () => {
    for (const word of [...STOP_WORDS, ...TELEGRAM_NOISE]) expect(matchingForm(word)).to.equal(word)
  })

  it('are kept apart from the noise of channels', () => {
    expect([...TELEGRAM_NOISE].filter(word => STOP_WORDS.has(word))).to.deep.equal([])
  })
})
