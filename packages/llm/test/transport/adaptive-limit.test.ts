import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {AdaptiveLimit} from '#src/index.js'

const OPEN = new AbortController().signal

describe('the limit of requests at once', () => {
  it('grows by one with each round of answers, and comes down with a refusal to what its pace keeps under way', () => {
    let now = 0
    const limit = new AdaptiveLimit(32, () => now)
    expect(limit.limit).to.equal(4)
    for (let answers = 0; answers < 4 + 5 + 6; answers++) limit.succeeded((now += 10) - 10)
    expect(limit.limit).to.be.within(6, 7)
    limit.refused(now, undefined)
    // Half of 6, and one more for what the pace rounds off.
    expect(limit.limit).to.be.within(3, 5)
  })

  it('counts refusals of one moment once', () => {
    let now = 0
    const limit = new AdaptiveLimit(32, () => now)
    for (let answers = 0; answers < 60; answers++) limit.succeeded(0)
    const before = limit.limit
    now = 100
    for (let refusals = 0; refusals < 5; refusals++) limit.refused(50, undefined)
    expect(limit.limit).to.be.within(Math.floor(before / 2) - 1, before)
  })

  it('lets no more run than it says, and everybody in the end', async () => {
    const limit = new AdaptiveLimit(3)
    let [running, most, done] = [0, 0, 0]
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running)
      await delay(5)
      running -= 1
      done += 1
    }
    await Promise.all(Array.from({length: 20}, () => limit.run(work, OPEN)))
    expect([most, done]).to.deep.equal([3, 20])
  })

  it('begins nothing before the time that the server named', async () => {
    const limit = new AdaptiveLimit(4)
    limit.refused(performance.now(), 150)
    const started = performance.now()
    await limit.run(async () => undefined, OPEN)
    expect(performance.now() - started).to.be.at.least(145)
  })

  it('gives up waiting when told to, and keeps the place for others', async () => {
    const limit = new AdaptiveLimit(1)
    const stop = new AbortController()
    let release: () => void = () => undefined
    const held = limit.run(() => new Promise<void>(resolve => (release = resolve)), OPEN)
    const waiting = limit.run(async () => 'ran', stop.signal).catch((error: unknown) => error)
    const next = limit.run(async () => 'next', OPEN)
    stop.abort(new Error('over'))
    expect(await waiting).to.have.property('message', 'over')
    release()
    await held
    expect(await next).to.equal('next')
  })

  it('takes another bound while it runs', async () => {
    const limit = new AdaptiveLimit(1)
    let [running, most] = [0, 0]
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running)
      await delay(20)
      running -= 1
    }
    const first = Array.from({length: 6}, () => limit.run(work, OPEN))
    limit.resize(3)
    await Promise.all(first)
    expect(most).to.equal(3)
  })
})
