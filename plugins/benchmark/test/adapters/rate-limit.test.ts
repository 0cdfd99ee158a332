import {expect} from 'chai'

import {rateLimitOf} from '#src/adapters/queue/rate-limit.js'

describe('the rate of a queue', () => {
  for (const rate of [0.001, 0.3, 1, 1.2, 1.5, 2, 2.5, 7.3, 99.9, 1000])
    it(`is at most ${rate} in a second, and hardly less`, () => {
      const {most, milliseconds} = rateLimitOf(rate)
      expect((most / milliseconds) * 1000).to.be.within(0.995 * rate, rate)
      // Redis counts whole ones of both.
      expect([most, milliseconds].every(Number.isInteger)).to.equal(true)
    })
})
