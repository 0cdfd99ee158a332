import {mock} from 'node:test'

import {expect} from 'chai'

import {LONGEST_TIMER_MS, startTimer} from '@ep23/sdk'

describe('a timer', () => {
  beforeEach(() => mock.timers.enable({apis: ['setTimeout']}))
  afterEach(() => mock.timers.reset())

  for (const ms of [5, LONGEST_TIMER_MS, LONGEST_TIMER_MS + 1, 3 * LONGEST_TIMER_MS + 7])
    it(`waits ${ms} ms, and calls back once`, () => {
      let calls = 0
      startTimer(ms, () => (calls += 1))
      const pass = (passed: number): void => {
        for (let left = passed; left > 0; left -= LONGEST_TIMER_MS) mock.timers.tick(Math.min(left, LONGEST_TIMER_MS))
      }
      pass(ms - 1)
      expect(calls).to.equal(0)
      pass(1)
      expect(calls).to.equal(1)
      pass(LONGEST_TIMER_MS)
      expect(calls).to.equal(1)
    })

  it('that was stopped calls nobody, in its first wait or in a later one', () => {
    for (const passed of [1, LONGEST_TIMER_MS]) {
      const stop = startTimer(LONGEST_TIMER_MS + 1, () => expect.fail('it called'))
      mock.timers.tick(passed)
      stop()
      mock.timers.tick(LONGEST_TIMER_MS)
    }
  })
})
