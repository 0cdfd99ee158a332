import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {request} from 'node:http'
import {connect} from 'node:net'
import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {startSidecar, type Sidecar} from '../helpers/sidecar.ts'

const TOKEN = randomBytes(16).toString('hex')
const PATIENCE_MS = 120_000

type Body = NonNullable<RequestInit['body']>

describe('a sidecar with hostile callers', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let sidecar: Sidecar

  beforeEach(async function () {
    this.timeout(PATIENCE_MS)
    folder = temporaryFolder()
    sidecar = await startSidecar(folder.path, {env: {EP23_OBSERVABILITY_TOKEN: TOKEN}})
  })
  afterEach(async () => {
    await sidecar.end('SIGTERM')
    folder.remove()
  })

  const metrics = async (): Promise<string> => (await fetch(`${sidecar.url}/metrics`)).text()

  /** Waits until the series has the value: the sidecar publishes what it has recorded every second. */
  async function becomes(series: string, value: number): Promise<void> {
    let seen: string | undefined
    for (let attempt = 0; attempt < 100; attempt++) {
      seen = (await metrics()).split('\n').find(line => line.startsWith(`${series} `))
      if (seen === `${series} ${value}`) return
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    throw new Error(`${series} did not become ${value}: ${seen}`)
  }

  const refused = (reason: string): string => `ep23_sidecar_refusals_total{reason="${reason}"}`

  function post(path: string, body: Body, headers: Record<string, string> = {}): Promise<Response> {
    const known = {'content-type': 'application/json', authorization: `Bearer ${TOKEN}`}
    return fetch(`${sidecar.url}${path}`, {method: 'POST', body, headers: {...known, ...headers}, duplex: 'half'})
  }

  const observe = (observations: unknown): Promise<Response> => post('/v1/observe', JSON.stringify({observations}))

  /** Sends bytes as they are; resolves with all that comes back until the server hangs up. */
  async function raw(bytes: string | Buffer): Promise<string> {
    const {hostname, port} = new URL(sidecar.url)
    const socket = connect(Number(port), hostname)
    socket.write(bytes)
    let answer = ''
    socket.on('data', chunk => (answer += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    await once(socket, 'close')
    return answer
  }

  it('answers to its own names only', async function () {
    this.timeout(PATIENCE_MS)
    const {hostname, port} = new URL(sidecar.url)
    for (const [host, expected] of [
      ['attacker.example', 403],
      ['127.0.0.1.attacker.example', 403],
      ['localhost.', 403],
      [`localhost:${port}`, 200],
      ['LOCALHOST', 200],
      ['[::1]', 200],
    ] as const) {
      const sent = request({hostname, port, path: '/metrics', headers: {host}, agent: false}).end()
      const [response] = await once(sent, 'response')
      response.resume()
      expect(response.statusCode, host).to.equal(expected)
    }
    await becomes(refused('host'), 3)
  })

  it('refuses wrong, missing and misplaced tokens alike, and counts them', async function () {
    this.timeout(PATIENCE_MS)
    const body = JSON.stringify({observations: [{metric: 'benchmark_digest_records_total', labels: {channel: '@x'}}]})
    for (const authorization of ['', 'Bearer', 'Bearer x', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
      const answer = await post('/v1/observe', body, {authorization})
      expect(answer.status, authorization).to.equal(401)
      expect(answer.headers.get('www-authenticate')).to.equal('Bearer realm="ep23"')
      expect(await answer.text()).to.not.include(TOKEN)
    }
    expect((await post('/v1/traces', '{}', {authorization: 'Bearer x'})).status).to.equal(401)
    await becomes(refused('token'), 7)
    expect(await metrics()).to.not.include('channel="@x"')
  })

  it('refuses bodies that are too long, announced or not, packed or not, and its memory stays flat', async function () {
    this.timeout(120_000)
    const before = memoryIn(await metrics())
    const hundred = 100 * 1024 * 1024
    const announced = await post('/v1/observe', new Uint8Array(hundred)).catch((error: unknown) => error)
    if (announced instanceof Response) expect(announced.status).to.equal(413)
    const endless = await post('/v1/traces', Readable.toWeb(Readable.from(megabytes(100))) as Body).catch(
      (error: unknown) => error,
    )
    if (endless instanceof Response) expect(endless.status).to.equal(413)
    const bomb = await post('/v1/traces', gzipSync(Buffer.alloc(hundred, 0x20)), {'content-encoding': 'gzip'})
    expect(bomb.status).to.equal(413)
    await becomes(refused('body_size'), 3)
    expect(memoryIn(await metrics()) - before).to.be.below(64 * 1024 * 1024)
  })

  it('refuses what is not UTF-8, not JSON, not gzip or of another type', async function () {
    this.timeout(PATIENCE_MS)
    const invalid = Buffer.from('{"observations": "\xff\xfe"}', 'latin1')
    const statuses = [
      await post('/v1/observe', invalid),
      await post('/v1/observe', '{"observations": ['),
      await post('/v1/observe', '[]'),
      await post('/v1/observe', 'x', {'content-encoding': 'gzip'}),
      await post('/v1/observe', '{}', {'content-type': 'text/plain'}),
      await post('/v1/observe', '{}', {'content-encoding': 'br'}),
      await post('/v1/traces', '{}'),
    ].map(({status}) => status)
    expect(statuses).to.deep.equal([400, 400, 400, 400, 415, 415, 400])
    await becomes(refused('encoding'), 1)
    await becomes(refused('malformed'), 4)
    await becomes(refused('media_type'), 2)
  })

  it('records ten thousand unknown label values as other, and counts them', async function () {
    this.timeout(120_000)
    for (let request = 0; request < 20; request++) {
      const observations = Array.from({length: 500}, (_, index) => ({
        metric: 'rag_fallback_reason_total',
        labels: {reason: `r${request}-${index}`},
      }))
      expect((await observe(observations)).status).to.equal(200)
    }
    const text = await metrics()
    expect(text).to.include('rag_fallback_reason_total{reason="other"} 10000\n')
    expect(text.match(/^rag_fallback_reason_total\{/gmu)).to.have.length(6)
    await becomes('ep23_dropped_label_values_total{metric="rag_fallback_reason_total"}', 10_000)
  })

  it('takes observations of declared metrics whole or not at all', async function () {
    this.timeout(PATIENCE_MS)
    const good = {metric: 'rag_fallback_reason_total', labels: {reason: 'timeout'}, value: 2}
    const answers = {
      undeclared: await observe([good, {metric: 'made_up_total', labels: {}}]),
      internal: await observe([{metric: 'ep23_dropped_spans_total', labels: {service: 'ep23-cli'}}]),
      own: await observe([{metric: 'ep23_folds_total', labels: {outcome: 'ok'}}]),
      live: await observe([{metric: 'benchmark_dataset_digests', labels: {channel: '@x'}, value: 99}]),
      labels: await observe([{...good, labels: {reason: 'timeout', user: '42'}}]),
      prototype: await observe([{...good, labels: {['__proto__']: 'x'}}]),
      falling: await observe([{...good, value: -1}]),
      text: await observe([{...good, value: '1'}]),
      good: await observe([good]),
    }
    const statuses = Object.fromEntries(Object.entries(answers).map(([name, {status}]) => [name, status]))
    expect(statuses).to.deep.equal({
      undeclared: 422,
      internal: 422,
      own: 422,
      live: 422,
      labels: 422,
      prototype: 422,
      falling: 400,
      text: 400,
      good: 200,
    })
    const text = await metrics()
    expect(text).to.include('rag_fallback_reason_total{reason="timeout"} 2\n')
    expect(text).to.not.match(/made_up|user=|@x/u)
    await becomes('ep23_observations_total{outcome="refused"}', 8)
  })

  it('hangs up on callers that are too slow, send no HTTP or too long headers', async function () {
    this.timeout(120_000)
    const [loris, nonsense, headers] = await Promise.all([
      raw('GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
      raw('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'),
      raw(`GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    ])
    expect(loris).to.match(/^HTTP\/1\.1 408 /u)
    expect(nonsense).to.match(/^HTTP\/1\.1 400 /u)
    expect(headers).to.match(/^HTTP\/1\.1 431 /u)
    await becomes(refused('timeout'), 1)
    await becomes(refused('malformed'), 1)
    await becomes(refused('header_size'), 1)
  })

  it('answers 404 and 405 with what is possible', async function () {
    this.timeout(PATIENCE_MS)
    const index = await fetch(sidecar.url)
    expect([index.status, await index.text()]).to.satisfy(
      ([status, text]: [number, string]) => status === 200 && text.includes('/metrics'),
    )
    expect((await fetch(`${sidecar.url}/debug/pprof`)).status).to.equal(404)
    expect((await fetch(`${sidecar.url}//metrics`)).status).to.equal(404)
    const wrong = await fetch(`${sidecar.url}/metrics`, {method: 'DELETE'})
    expect([wrong.status, wrong.headers.get('allow')]).to.deep.equal([405, 'GET'])
    expect((await fetch(`${sidecar.url}/metrics`, {method: 'HEAD'})).status).to.equal(200)
  })

  it('stores spans that are handed over, without their secrets, and says which it did not take', async function () {
    this.timeout(PATIENCE_MS)
    const span = {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      name: 'ответить пользователю',
      kind: 2,
      startTimeUnixNano: '1795402183430000000',
      endTimeUnixNano: '1795402184430000000',
      status: {code: 2, message: 'mongodb://bot:hunter2@db failed'},
      attributes: [{key: 'api_key', value: {stringValue: 'sk-verysecret'}}],
    }
    const answer = await post(
      '/v1/traces',
      JSON.stringify({
        resourceSpans: [
          {
            resource: {attributes: [{key: 'service.name', value: {stringValue: 'butler-bot'}}]},
            scopeSpans: [{spans: [span, {...span, spanId: 'short'}]}],
          },
        ],
      }),
    )
    expect(await answer.json()).to.deep.equal({
      partialSuccess: {rejectedSpans: 1, errorMessage: 'spanId is not 16 hexadecimal digits'},
    })
    const {stdout} = await runEp23(['observability:traces:show', '5b8efff7', '--json'], {cwd: folder.path})
    const {data} = JSON.parse(stdout)
    expect(data.spans).to.have.length(1)
    expect(data.spans[0]).to.include({name: 'ответить пользователю', service: 'butler-bot', kind: 'server'})
    expect(stdout).to.not.include('hunter2').and.not.include('verysecret')
  })
})

describe('the addresses of a sidecar', () => {
  it('are those of the loopback, unless there are a token and names it answers to', async function () {
    this.timeout(PATIENCE_MS)
    const folder = temporaryFolder()
    const serve = ['observability:serve', '--host', '0.0.0.0', '--port', '0']
    const secret = {EP23_OBSERVABILITY_TOKEN: TOKEN}
    const bare = await runEp23(serve, {cwd: folder.path})
    const nameless = await runEp23(serve, {cwd: folder.path, env: secret})
    const shortToken = await runEp23(serve, {cwd: folder.path, env: {EP23_OBSERVABILITY_TOKEN: 'short'}})
    folder.remove()
    expect([bare.code, nameless.code, shortToken.code]).to.deep.equal([64, 64, 64])
    expect(bare.stderr).to.include('--allowed-hosts')
  })
})

function memoryIn(text: string): number {
  return Number(/^ep23_sidecar_resident_memory_bytes (\S+)$/mu.exec(text)?.[1])
}

function* megabytes(count: number): Generator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(1024 * 1024)
}
