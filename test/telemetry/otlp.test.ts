import type {SpanRecord} from '@ep23/sdk'
import {createServer, type IncomingHttpHeaders, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'

import {exportSpans} from '#src/telemetry/otlp.js'
import {expect} from 'chai'

interface Received {
  path: string | undefined
  headers: IncomingHttpHeaders
  body: {resourceSpans: {resource: {attributes: unknown[]}; scopeSpans: {scope: object; spans: OtlpSpan[]}[]}[]}
}
interface OtlpSpan extends Record<string, unknown> {
  attributes: {key: string; value: object}[]
}

const span: SpanRecord = {
  span_id: '00f067aa0ba902b7',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  parent_span_id: null,
  name: 'dataset:seed',
  kind: 'internal',
  start_ns: '1767323045678000001',
  end_ns: '1767323047178000002',
  started_at: new Date('2026-01-02T03:04:05.678Z'),
  duration_seconds: 1.5,
  status: 'ok',
  attributes: {channel: '@habr', posts: 7, share: 0.5, done: true},
  run_id: 'run-1',
  service: 'ep23-cli',
}
const child: SpanRecord = {
  ...span,
  span_id: '00f067aa0ba902b8',
  parent_span_id: span.span_id,
  name: 'step read',
  kind: 'client',
  status: 'error',
  status_message: 'gone',
}

describe('OTLP export', () => {
  let server: Server
  let endpoint: string
  let received: Received[]
  let answer: number | undefined

  beforeEach(async () => {
    received = []
    answer = 200
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Received['body']
        received.push({path: request.url, headers: request.headers, body})
        if (answer !== undefined) response.writeHead(answer, {'Content-Type': 'application/json'}).end('{}')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
    delete process.env['OTEL_EXPORTER_OTLP_HEADERS']
  })

  it('sends spans as OTLP/JSON to /v1/traces', async () => {
    await exportSpans([span, child], {endpoint: `${endpoint}/`, version: '1.2.3', timeoutMs: 5000})
    expect(received).to.have.length(1)
    expect(received[0]?.path).to.equal('/v1/traces')
    expect(received[0]?.headers['content-type']).to.equal('application/json')
    const [resourceSpans] = received[0]?.body.resourceSpans ?? []
    expect(resourceSpans?.resource.attributes).to.deep.equal([
      {key: 'service.name', value: {stringValue: 'ep23-cli'}},
      {key: 'service.version', value: {stringValue: '1.2.3'}},
    ])
    const [scope] = resourceSpans?.scopeSpans ?? []
    expect(scope?.scope).to.deep.include({name: 'ep23', version: '1.2.3'})
    const [root, inner] = scope?.spans ?? []
    expect(root).to.deep.include({
      traceId: span.trace_id,
      spanId: span.span_id,
      name: 'dataset:seed',
      kind: 1,
      startTimeUnixNano: span.start_ns,
      endTimeUnixNano: span.end_ns,
      status: {code: 1},
    })
    expect(root).to.not.have.property('parentSpanId')
    expect(root?.attributes).to.deep.equal([
      {key: 'channel', value: {stringValue: '@habr'}},
      {key: 'posts', value: {intValue: 7}},
      {key: 'share', value: {doubleValue: 0.5}},
      {key: 'done', value: {boolValue: true}},
      {key: 'run_id', value: {stringValue: 'run-1'}},
    ])
    expect(inner).to.deep.include({parentSpanId: span.span_id, kind: 3, status: {code: 2, message: 'gone'}})
  })

  it('groups spans by their service', async () => {
    await exportSpans([span, {...child, service: 'ep23-mcp'}], {endpoint, version: '1', timeoutMs: 5000})
    const services = received[0]?.body.resourceSpans.map(({resource}) => resource.attributes[0])
    expect(services).to.deep.equal([
      {key: 'service.name', value: {stringValue: 'ep23-cli'}},
      {key: 'service.name', value: {stringValue: 'ep23-mcp'}},
    ])
  })

  it('takes headers from OTEL_EXPORTER_OTLP_HEADERS', async () => {
    process.env['OTEL_EXPORTER_OTLP_HEADERS'] = 'x-tenant=team-a,authorization=Bearer%20abc'
    await exportSpans([span], {endpoint, version: '1', timeoutMs: 5000})
    expect(received[0]?.headers).to.include({'x-tenant': 'team-a', authorization: 'Bearer abc'})
  })

  it('keeps a path of the endpoint', async () => {
    await exportSpans([span], {endpoint: `${endpoint}/otlp`, version: '1', timeoutMs: 5000})
    expect(received[0]?.path).to.equal('/otlp/v1/traces')
  })

  it('sends many spans in several requests', async () => {
    const spans = Array.from({length: 1001}, (_, index) => ({...span, span_id: index.toString(16).padStart(16, 'a')}))
    await exportSpans(spans, {endpoint, version: '1', timeoutMs: 5000})
    const counts = received.map(({body}) => body.resourceSpans[0]?.scopeSpans[0]?.spans.length)
    expect(counts).to.deep.equal([500, 500, 1])
  })

  it('fails when the collector refuses', async () => {
    answer = 401
    const failure = await exportSpans([span], {endpoint, version: '1', timeoutMs: 5000}).catch(
      (error: unknown) => error,
    )
    expect(failure).to.be.an('error')
    expect(received).to.have.length(1)
  })

  it('fails when nobody listens', async () => {
    const free = createServer()
    await new Promise<void>(resolve => free.listen(0, '127.0.0.1', resolve))
    const {port} = free.address() as AddressInfo
    await new Promise(resolve => free.close(resolve))
    const target = {endpoint: `http://127.0.0.1:${port}`, version: '1', timeoutMs: 300}
    expect(await exportSpans([span], target).catch((error: unknown) => error)).to.be.an('error')
  })

  it('gives up on a collector that does not answer', async () => {
    answer = undefined
    const target = {endpoint, version: '1', timeoutMs: 100}
    expect(await exportSpans([span], target).catch((error: unknown) => error)).to.be.an('error')
  })
})
