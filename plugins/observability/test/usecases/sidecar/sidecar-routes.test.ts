import {expect} from 'chai'

import {shareAnswers} from '#src/usecases/sidecar/sidecar-routes.js'

describe('an answer that callers share', () => {
  let now: number
  let made: number
  const clock = {monotonic: () => now}
  beforeEach(() => {
    now = 100
    made = 0
  })

  /** Takes two seconds of the clock. */
  async function make(): Promise<number> {
    made += 1
    await Promise.resolve()
    now += 2
    return made
  }

  it('is made once for all who come while it is made', async () => {
    const answer = shareAnswers(clock, make)
    expect(await Promise.all([answer(), answer(), answer()])).to.deep.equal([1, 1, 1])
  })

  it('serves for four times what it took, and not longer', async () => {
    const answer = shareAnswers(clock, make)
    await answer()
    now += 7.9
    expect(await answer()).to.equal(1)
    now += 0.2
    expect(await answer()).to.equal(2)
  })

  it('is not kept when it failed, and fails all who waited for it', async () => {
    const outcomes = [new Error('no store'), 'fine']
    const answer = shareAnswers(clock, async () => {
      const outcome = outcomes[made++]
      if (outcome instanceof Error) throw outcome
      return outcome
    })
    const both = await Promise.allSettled([answer(), answer()])
    expect(both.map(({status}) => status)).to.deep.equal(['rejected', 'rejected'])
    expect(await answer()).to.equal('fine')
  })
})
