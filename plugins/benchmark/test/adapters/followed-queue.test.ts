import {EventEmitter} from 'node:events'
import {mock} from 'node:test'

import {expect} from 'chai'

import {FollowedQueue} from '#src/adapters/queue/followed-queue.js'

type Parts = ConstructorParameters<typeof FollowedQueue>

/** A queue whose jobs can all be removed, as those that wait and those that are answered; its events come when the test says. */
function emptyQueue(): {queue: FollowedQueue; events: EventEmitter; ids: string[]} {
  const events = Object.assign(new EventEmitter(), {close: async () => undefined})
  const ids: string[] = []
  const jobs = {
    add: async (_kind: string, _work: unknown, {jobId}: {jobId: string}) => ids.push(jobId),
    remove: async () => 1,
    getJob: async () => undefined,
    getWorkersCount: async () => 1,
    close: async () => undefined,
  }
  const redis = {name: 'redis', onAway: () => undefined, close: () => undefined}
  const parts = [redis, jobs, events, () => undefined] as unknown as Parts
  return {queue: new FollowedQueue(...parts), events, ids}
}

describe('questions that are taken back at a limit', () => {
  const answered = {judgement: {scores: {}}}

  beforeEach(() => mock.timers.enable({apis: ['Date', 'setInterval']}))
  afterEach(() => mock.timers.reset())

  async function endsWith(tell: (events: EventEmitter, jobId: string) => unknown): Promise<unknown> {
    const {queue, events, ids} = emptyQueue()
    const noMore = new AbortController()
    const until = {signal: new AbortController().signal, noMore: noMore.signal, isPassing: () => false}
    const asked = queue.ask({kind: 'judge'} as Parameters<FollowedQueue['ask']>[0], until)
    noMore.abort()
    await new Promise(setImmediate)
    await tell(events, ids[0] ?? '')
    const outcome = await asked
    await queue.close()
    return outcome
  }

  // It was paid for: a run whose cost is told without it would cost more than it says.
  it('keep the answer that a worker gave before they were removed', async () =>
    expect(
      await endsWith((events, jobId) => {
        events.emit('completed', {jobId, returnvalue: answered})
        events.emit('removed', {jobId, prev: 'completed'})
      }),
    ).to.deep.equal(answered))

  it('are asked no more when nobody had begun them', async () =>
    expect(await endsWith((events, jobId) => events.emit('removed', {jobId, prev: 'waiting'}))).to.equal(undefined))

  /** One every two seconds; of questions that are older than five. */
  async function sweeps(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      mock.timers.tick(2000)
      await new Promise(setImmediate)
    }
  }

  it('keep an answer that is told after a sweep has found them removed', async () =>
    expect(
      await endsWith(async (events, jobId) => {
        await sweeps(3)
        events.emit('completed', {jobId, returnvalue: answered})
      }),
    ).to.deep.equal(answered))

  it('are asked no more when their events were missed', async () =>
    expect(
      await endsWith(async () => {
        await sweeps(4)
      }),
    ).to.equal(undefined))
})
