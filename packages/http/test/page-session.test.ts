import {request, type IncomingHttpHeaders, type OutgoingHttpHeaders} from 'node:http'
import {text} from 'node:stream/consumers'

import {expect} from 'chai'

import {createGuardedServer, createPageSession, jsonReply, type GuardedServer} from '#src/index.js'

describe('a page session', () => {
  const refusals: string[] = []
  let server: GuardedServer
  let port: number
  const session = createPageSession('ep23_test')
  let cookie = ''

  before(async () => {
    server = createGuardedServer({
      session,
      allowedHosts: [],
      token: undefined,
      routes: [
        {
          path: '/run/:id/page/:number',
          method: 'GET',
          operation: 'page',
          handle: async ({parameters, query}) => jsonReply(200, {...parameters, filter: query.get('filter')}),
        },
      ],
      onAnswer: () => undefined,
      onRefusal: reason => refusals.push(reason),
      onError: error => expect.fail(String(error)),
    })
    port = await server.listen('127.0.0.1', 0)
  })
  after(() => server.close())

  // Not fetch, which sends no Host, Cookie or Sec-Fetch-Site of one's own.
  const ask = (
    path: string,
    headers: OutgoingHttpHeaders = {},
    method = 'GET',
  ): Promise<{status: number | undefined; headers: IncomingHttpHeaders; body: string}> =>
    new Promise((resolve, reject) => {
      request({port, path, method, headers, agent: false}, response =>
        text(response).then(body => resolve({status: response.statusCode, headers: response.headers, body}), reject),
      )
        .on('error', reject)
        .end()
    })

  it('lets nobody in without the printed address', async () => {
    expect((await ask('/run/7/page/1')).status).to.equal(401)
    expect((await ask('/?key=wrong')).status).to.equal(403)
  })

  it('gives its cookie once', async () => {
    const entered = await ask(session.entry)
    expect(entered.status).to.equal(303)
    expect(entered.headers.location).to.equal('/')
    const [set = ''] = entered.headers['set-cookie'] ?? []
    expect(set).to.match(/^ep23_test=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/u)
    cookie = set.split(';')[0] ?? ''
    expect((await ask(session.entry)).status).to.equal(403)
  })

  it('answers the cookie, with the parts of the path', async () => {
    const {status, body} = await ask('/run/a%20b/page/2?filter=%D0%BC%D0%BE%D1%81%D1%82', {
      cookie: `other=1; ${cookie}`,
    })
    expect(status).to.equal(200)
    expect(JSON.parse(body)).to.deep.equal({id: 'a b', number: '2', filter: 'мост'})
    expect((await ask('/run/%ff/page/2', {cookie})).status).to.equal(404)
    expect((await ask('/run/7/page/2/more', {cookie})).status).to.equal(404)
    expect((await ask('/run/7/page/2', {cookie}, 'POST')).status).to.equal(405)
  })

  it('refuses what another site asks for, cookie or not', async () => {
    for (const headers of [
      {'sec-fetch-site': 'cross-site'},
      {'sec-fetch-site': 'same-site'},
      {origin: 'http://evil.test'},
      {origin: `http://127.0.0.1:${port + 1}`},
      {host: 'evil.test'},
    ])
      expect((await ask('/run/7/page/1', {cookie, ...headers})).status, JSON.stringify(headers)).to.equal(403)
    expect((await ask('/run/7/page/1', {cookie, 'sec-fetch-site': 'same-origin'})).status).to.equal(200)
    expect(refusals).to.include.members(['token', 'path', 'method', 'origin', 'host'])
  })
})
