import {expect} from 'chai'
import {Ep23Error, EXIT, verbatim} from '@ep23/sdk'

import {retried} from '#src/usecases/infra/retried.js'

const failing = (times: number, code = 'INFRA_STEP_FAILED') => {
  let calls = 0
  return {
    calls: () => calls,
    work: async (): Promise<string> => {
      calls += 1
      if (calls <= times) throw new Ep23Error(verbatim('no'), {code, exit: EXIT.unavailable})
      return 'up'
    },
  }
}

async function codeOf(running: Promise<unknown>): Promise<string> {
  return running.then(
    () => 'none',
    (error: Ep23Error) => error.code,
  )
}

describe('retried', () => {
  const waits: number[] = []
  const options = {attempts: 3, signal: new AbortController().signal, random: () => 0.01}
  const onFailure = (_error: unknown, waitMs: number): void => void waits.push(waitMs)
  beforeEach(() => void (waits.length = 0))

  it('returns what the last attempt gives, with a longer wait each time', async () => {
    const {work, calls} = failing(2)
    expect(await retried(work, {...options, onFailure})).to.equal('up')
    expect(calls()).to.equal(3)
    expect(waits).to.deep.equal([3, 5])
  })

  it('gives up after the attempts and throws the last error', async () => {
    const {work, calls} = failing(5)
    expect(await codeOf(retried(work, {...options, onFailure}))).to.equal('INFRA_STEP_FAILED')
    expect(calls()).to.equal(3)
  })

  it('does not try again what another try would only repeat', async () => {
    const {work, calls} = failing(5, 'INFRA_PORT_TAKEN')
    expect(await codeOf(retried(work, {...options, onFailure}))).to.equal('INFRA_PORT_TAKEN')
    expect(calls()).to.equal(1)
  })

  it('never waits longer than eight seconds', async () => {
    const controller = new AbortController()
    const {work} = failing(20)
    const stopAt = (_error: unknown, waitMs: number): void => {
      waits.push(waitMs)
      if (waits.length === 8) controller.abort(new Error('enough'))
    }
    let calls = 0
    const random = (): number => (++calls, calls < 8 ? 0 : 1)
    await retried(work, {attempts: 20, signal: controller.signal, random, onFailure: stopAt}).catch(() => undefined)
    expect(waits.at(-1)).to.equal(8000)
  })
})
