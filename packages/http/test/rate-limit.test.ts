import {expect} from 'chai'

import {createRateLimit, createTokenBuckets} from '#src/rate-limit.js'

describe('the rate limit of a server', () => {
  it('lets a burst pass, then so many a second, each caller apart', () => {
    let now = 0
    const check = createRateLimit(() => now)
    const passing = (caller: string, asked: number): number => {
      let passed = 0
      for (let index = 0; index < asked; index += 1)
        try {
          check(caller)
          passed += 1
        } catch (error) {
          expect(error).to.include({status: 429})
        }
      return passed
    }
    expect(passing('a', 11_000)).to.equal(1000)
    expect(passing('b', 10)).to.equal(10)
    now = 20
    expect(passing('a', 11_000)).to.equal(1000)
    now = 21
    expect(passing('a', 11_000)).to.equal(50)
  })

  it('is made of buckets that say whether a token was left', () => {
    let now = 0
    const hasToken = createTokenBuckets({burst: 2, aSecond: 0.5}, () => now)
    const answers = (): boolean[] => Array.from({length: 3}, () => hasToken('a'))
    expect(answers()).to.deep.equal([true, true, false])
    now = 2
    expect(answers()).to.deep.equal([true, false, false])
  })

  it('forgets callers rather than remember them without end', () => {
    const check = createRateLimit(() => 0)
    for (let caller = 0; caller < 5000; caller += 1) check(`caller ${caller}`)
  })
})
