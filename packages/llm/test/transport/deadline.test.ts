import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {withDeadline} from '@ep23/llm/deadline'

const OPEN = new AbortController().signal
const late = (detail: string): string => `late: ${detail}`

describe('work with a deadline', () => {
  it('gives its result, and leaves nothing behind', async () => {
    const run = new AbortController()
    expect(await withDeadline(async () => 'done', {signal: run.signal, seconds: 5, late})).to.equal('done')
    run.abort()
  })

  it('is late when it hangs, however deaf it is', async () => {
    const started = performance.now()
    const result = await withDeadline(() => new Promise<string>(() => undefined), {signal: OPEN, seconds: 0.05, late})
    expect(result).to.equal('late: nothing within 0.05 s')
    expect(performance.now() - started).to.be.below(2000)
  })

  it('is not late at once when it may take longer than a timer of Node can wait', async () => {
    const heeding = (signal: AbortSignal) => delay(20, 'done', {signal}).catch(() => 'cut short')
    expect(await withDeadline(heeding, {signal: OPEN, seconds: 3_000_000, late})).to.equal('done')
  })

  it('may say itself what it waited for', async () => {
    const heeding = (signal: AbortSignal) =>
      new Promise<string>(resolve => signal.addEventListener('abort', () => resolve('waited for the server')))
    expect(await withDeadline(heeding, {signal: OPEN, seconds: 0.05, late})).to.equal('waited for the server')
  })

  it('ends with the run around it', async () => {
    const run = new AbortController()
    const work = withDeadline(() => delay(60_000, 'done', {ref: false}), {signal: run.signal, seconds: 60, late})
    run.abort(new Error('stopped'))
    expect(await work).to.match(/^late/u)
  })

  it('throws what the work throws', async () => {
    const failing = withDeadline(async () => Promise.reject(new Error('boom')), {signal: OPEN, seconds: 5, late})
    expect(await failing.catch((error: unknown) => error)).to.have.property('message', 'boom')
  })
})
