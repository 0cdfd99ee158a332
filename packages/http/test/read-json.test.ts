import type {IncomingMessage} from 'node:http'
import {Readable} from 'node:stream'

import {expect} from 'chai'

import {readJson} from '#src/index.js'

const read = (body: string): Promise<unknown> => {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {headers: {'content-type': 'application/json'}})
  return readJson(request as unknown as IncomingMessage, 4 * 1024 * 1024)
}

const refusal = (body: string): Promise<string> =>
  read(body).then(
    () => 'taken',
    (error: Error) => error.message,
  )

describe('a JSON body', () => {
  it('is read, brackets and escapes within its texts aside', async () => {
    const body = {text: '[[[{{{ " \\" \\', list: [[1]]}
    expect(await read(JSON.stringify(body))).to.deep.equal(body)
  })

  it('is refused when it is nested too deep', async () =>
    expect(await refusal('['.repeat(65))).to.equal('the body is nested deeper than 64'))

  // Whoever may send one small body must not keep the process busy.
  it('is refused in a time that grows with its bytes and no faster', async () => {
    for (const unit of ['\\"', '"', '"\\', '\\']) {
      const from = process.cpuUsage()
      expect(await refusal(`"${unit.repeat(1_000_000 / unit.length)}\\`), unit).to.equal('the body is not JSON')
      expect(process.cpuUsage(from).user / 1000, unit).to.be.below(3000)
    }
  })
})
