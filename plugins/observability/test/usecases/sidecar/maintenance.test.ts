import type {Clock, Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {createExposerLease} from '#src/usecases/sidecar/maintenance.js'

describe('the lease of the exposer', () => {
  let store: Store
  let now: Date
  const clock: Clock = {now: () => now, monotonic: () => 0}
  beforeEach(() => {
    store = memoryStore()
    now = new Date('2026-11-23T09:00:00Z')
  })

  const lease = (run_id: string, isAlive = () => true) =>
    createExposerLease({store, clock, run_id, renewSeconds: 10, isAlive})

  async function holder(): Promise<unknown> {
    for await (const {run_id} of store.collection<{run_id: string}>('ep23_exposers').find()) return run_id
    return undefined
  }

  /** As a process on another machine, or another one on this, would leave it. */
  async function held(by: {host?: string; pid?: number}): Promise<void> {
    await lease('first').renew('http://first')
    const exposers = store.collection<Record<string, unknown>>('ep23_exposers')
    for await (const document of exposers.find()) await exposers.upsertMany([{...document, ...by}], 'role')
  }

  async function codeOf(work: Promise<void>): Promise<unknown> {
    return work.then(
      () => 'renewed',
      (error: {code: string}) => error.code,
    )
  }

  it('is refused to a second one while the first one renews it, on this machine and on others', async () => {
    await held({pid: 1})
    expect(await codeOf(lease('second').renew('http://second'))).to.equal('EXPOSER_TAKEN')
    await held({host: 'elsewhere'})
    expect(await codeOf(lease('second', () => false).renew('http://second'))).to.equal('EXPOSER_TAKEN')
  })

  it('is taken over from a process that is gone, or has missed three renewals', async () => {
    await held({pid: 1})
    expect(await codeOf(lease('second', () => false).renew('http://second'))).to.equal('renewed')
    await held({host: 'elsewhere'})
    now = new Date(now.getTime() + 30_000)
    expect(await codeOf(lease('third').renew('http://third'))).to.equal('EXPOSER_TAKEN')
    now = new Date(now.getTime() + 1)
    expect(await codeOf(lease('third').renew('http://third'))).to.equal('renewed')
    expect(await holder()).to.equal('third')
  })

  it('is given back, but not by one that has lost it', async () => {
    await held({pid: 1})
    await lease('second').release()
    expect(await holder()).to.equal('first')
    await lease('first').release()
    expect(await holder()).to.equal(undefined)
  })
})
