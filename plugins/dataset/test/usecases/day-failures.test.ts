import {setTimeout as wait} from 'node:timers/promises'

import {expect} from 'chai'

import {mapConcurrently} from '#src/usecases/day-failures.js'

describe('mapConcurrently', () => {
  it('keeps to its number of workers and to the order of the items', async () => {
    let running = 0
    let most = 0
    const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async item => {
      most = Math.max(most, ++running)
      await wait(item)
      running -= 1
      return item * 10
    })
    expect(results).to.deep.equal([50, 10, 40, 20, 30])
    expect(most).to.equal(2)
  })

  it('begins nothing new after an error, and throws it when what was begun has ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const failure = await mapConcurrently([1, 2, 3, 4], 2, async item => {
      begun.push(item)
      await wait(item === 1 ? 1 : 20)
      if (item === 1) throw new Error('no')
      ended.push(item)
    }).catch((error: unknown) => error)
    expect(failure).to.be.an('error').with.property('message', 'no')
    expect(begun).to.deep.equal([1, 2])
    expect(ended).to.deep.equal([2])
  })
})
