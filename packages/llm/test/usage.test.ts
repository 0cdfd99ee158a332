import {expect} from 'chai'

import {addUsage, NO_USAGE, tokensOf, usageOf} from '#src/usage.js'

const PRICES = {prompt: 2, completion: 10}
const FREE = {prompt: undefined, completion: undefined}

describe('what requests cost', () => {
  it('is tokens times prices of a million', () => {
    expect(usageOf({prompt: 1000, completion: 100}, PRICES)).to.deep.equal({
      calls: 1,
      prompt_tokens: 1000,
      completion_tokens: 100,
      cost: 0.003,
    })
  })

  it('is unknown without prices, or without counts', () => {
    expect(usageOf({prompt: 1, completion: 1}, FREE).cost).to.equal(null)
    expect(usageOf(undefined, PRICES)).to.include({cost: null, unknown_calls: 1})
  })

  it('adds up, as a lower bound when some of it is unknown', () => {
    const known = usageOf({prompt: 1000, completion: 0}, PRICES)
    const unknown = usageOf(undefined, PRICES)
    expect(addUsage(known, known)).to.deep.equal({calls: 2, prompt_tokens: 2000, completion_tokens: 0, cost: 0.004})
    for (const sum of [addUsage(known, unknown), addUsage(unknown, known)])
      expect(sum).to.include({calls: 2, cost: 0.002, unknown_calls: 1})
    expect(addUsage(unknown, unknown)).to.include({cost: null, unknown_calls: 2})
  })

  it('is what it was when nothing is added', () => {
    for (const usage of [usageOf(undefined, PRICES), usageOf({prompt: 1, completion: 1}, FREE), NO_USAGE])
      for (const sum of [addUsage(usage, NO_USAGE), addUsage(NO_USAGE, usage)]) expect(sum).to.deep.equal(usage)
  })

  it('is read under either of its names', () => {
    expect(tokensOf({prompt_tokens: 3, completion_tokens: 0})).to.deep.equal({prompt: 3, completion: 0})
    expect(tokensOf({input_tokens: 3, output_tokens: 4})).to.deep.equal({prompt: 3, completion: 4})
    for (const none of [undefined, null, {}, {prompt_tokens: 3}, {prompt_tokens: -1, completion_tokens: 1}])
      expect(tokensOf(none)).to.equal(undefined)
  })
})
