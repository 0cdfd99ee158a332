import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {openNotifiers} from '#src/actions/open-notifiers.js'
import {alertmanagerNotifier} from '#src/adapters/alertmanager.js'
import {postMessage, secondsToWait} from '#src/adapters/http-post.js'
import type {Notice} from '#src/domain/message.js'
import type {DailyFlags} from '#src/flags.js'

import {LocalServer} from '../servers.ts'

const PASSWORD = 'S3cret%Pw'
const {signal} = new AbortController()
const problemOf = (error: unknown) => (error as Error).message

describe('posting a message', () => {
  const server = new LocalServer()
  let url: string
  before(async () => (url = (await server.start()).replace('//', `//alert:${PASSWORD}@`)))
  after(() => server.stop())
  beforeEach(() => server.asked.splice(0))

  const basic = `Basic ${Buffer.from(`alert:${PASSWORD}`).toString('base64')}`

  it('sends what the address says of who asks as a header, and keeps it there', async () => {
    server.answer({status: 200})
    const message: Notice = {key: '', kind: 'state', day: '', state: 'alarm', score: null, lines: ['']}
    await alertmanagerNotifier({url, signal, now: () => new Date(0)}).send(message, {before: 'quiet', ended: null})
    expect(server.asked[0]?.headers.authorization).to.equal(basic)
    server.answer({status: 401, body: `no ${basic}, alert, ${PASSWORD}`})
    expect(await postMessage(url, {body: '{}', signal}).catch(problemOf)).to.equal(
      'it answered 401: no Basic ***, alert, ***',
    )
    server.answer({status: 401, body: `${'a'.repeat(295)}${PASSWORD}`})
    expect(await postMessage(url, {body: '{}', signal}).catch(problemOf)).to.not.include('S3')
  })

  it('says why nobody takes it, however long its own waits are', async () => {
    const gone = new LocalServer()
    const nobody = (await gone.start()).replace('//', `//alert:${PASSWORD}@`)
    await gone.stop()
    const problem = await postMessage(nobody, {body: '{}', signal, firstWaitSeconds: 0}).catch(problemOf)
    expect(problem).to.equal('ECONNREFUSED')
    expect([1, 2, 3].map(attempt => secondsToWait(attempt, {firstWaitSeconds: 20}))).to.deep.equal([20, 40, 60])
  })

  it('names the flag of an address that is none, and not what stands in it', async () => {
    const flags = {notify: 'alertmanager', 'alertmanager-url': `//alert:${PASSWORD}@host:9093`} as DailyFlags
    const refusal = await openNotifiers(fakeRuntime(), flags).catch(error => error)
    expect(refusal).to.include({code: 'USAGE', exit: 64})
    expect(refusal.message).to.equal('--alertmanager-url is no http:// or https:// URL')
  })

  it('gives up on a server that asks for more than a minute', async () => {
    server.answer({status: 429, body: '{"retry_after":61}'})
    expect(await postMessage(url, {body: '{}', signal}).catch(problemOf)).to.equal('it asks to wait 61 seconds')
    expect(server.asked).to.have.length(1)
  })
})
