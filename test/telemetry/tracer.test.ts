import {setTimeout as pause} from 'node:timers/promises'

import {createRedactor} from '#src/telemetry/redact.js'
import {createTracer} from '#src/telemetry/tracer.js'
import type {Attributes, SpanRecord} from '@ep23/sdk'
import {context, propagation, SpanKind, trace} from '@opentelemetry/api'
import {expect} from 'chai'
import * as fc from 'fast-check'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

function open({parent, maxSpans, isGlobal}: {parent?: string; maxSpans?: number; isGlobal?: boolean} = {}) {
  const time = {wall: Date.UTC(2026, 0, 2, 3, 4, 5, 678), monotonic: 100}
  const clock = {now: () => new Date(time.wall), monotonic: () => time.monotonic}
  const tracer = createTracer({
    service: 'ep23-cli',
    runId: 'run-1',
    name: 'dataset:seed',
    parent,
    clock,
    redactor: createRedactor(),
    ...(maxSpans !== undefined && {maxSpans}),
    ...(isGlobal !== undefined && {isGlobal}),
  })
  const passes = (seconds: number): void => {
    time.wall += seconds * 1000
    time.monotonic += seconds
  }
  return {tracer, time, passes}
}

const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`, 'u')).filter(id => !/^0+$/u.test(id))

const named = (spans: readonly SpanRecord[], name: string): SpanRecord => {
  const span = spans.find(candidate => candidate.name === name)
  if (!span) throw new Error(`no span ${name}`)
  return span
}

describe('traceparent', () => {
  const read = (parent: string | undefined) => {
    const {tracer} = open(parent === undefined ? {} : {parent})
    const [root] = tracer.finish({status: 'ok'}).spans
    return {traceId: tracer.traceId, spanId: root?.parent_span_id, sampled: tracer.sampled}
  }

  it('reads a caller’s position in a trace', () => {
    expect(read(`00-${TRACE}-${SPAN}-01`)).to.deep.equal({traceId: TRACE, spanId: SPAN, sampled: true})
    expect(read(` 00-${TRACE}-${SPAN}-00\n`).sampled).to.equal(false)
    expect(read(`00-${TRACE}-${SPAN}-ff`).sampled).to.equal(true)
  })

  it('takes later versions, with more fields', () => {
    expect(read(`01-${TRACE}-${SPAN}-01-more-of-it`).traceId).to.equal(TRACE)
  })

  const invalid = {
    nothing: undefined,
    'an empty text': '',
    'version ff': `ff-${TRACE}-${SPAN}-01`,
    'more fields in version 00': `00-${TRACE}-${SPAN}-01-x`,
    'a trace id of zeros': `00-${'0'.repeat(32)}-${SPAN}-01`,
    'a span id of zeros': `00-${TRACE}-${'0'.repeat(16)}-01`,
    'capital letters': `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    'a short trace id': `00-${TRACE.slice(1)}-${SPAN}-01`,
    'no flags': `00-${TRACE}-${SPAN}`,
    'other characters': `00-${TRACE.replace('4', 'g')}-${SPAN}-01`,
  }
  for (const [what, header] of Object.entries(invalid))
    it(`ignores ${what}`, () => {
      expect(read(header).spanId).to.equal(null)
      expect(read(header).traceId)
        .to.match(/^[0-9a-f]{32}$/u)
        .and.not.equal(TRACE)
    })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.boolean(), (traceId, spanId, sampled) => {
        const caller = open({parent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`}).tracer
        const {spans} = caller.finish({status: 'ok'})
        expect(read(caller.traceparent())).to.deep.equal({traceId, spanId: spans[0]?.span_id, sampled})
      }),
    )
  })
})

describe('spans of libraries', () => {
  // A telemetry that another test left open has registered itself.
  before(() => [trace, context, propagation].forEach(api => api.disable()))

  it('join the trace, by whichever copy of the api they come, and are no more once it is finished', async () => {
    const {tracer} = open({isGlobal: true})
    const theirs = trace.getTracer('a library')
    await tracer.span('ours', {channel: '@habr'}, async () =>
      theirs.startActiveSpan('theirs', {kind: SpanKind.CLIENT, attributes: {'db.password': 'pa55'}}, async span => {
        await tracer.span('inner', {}, async () => expect(tracer.position().channel).to.equal('@habr'))
        span.end()
      }),
    )
    const {spans} = tracer.finish({status: 'ok'})
    expect(named(spans, 'theirs')).to.deep.include({
      kind: 'client',
      parent_span_id: named(spans, 'ours').span_id,
      attributes: {db_password: '[redacted]'},
    })
    expect(named(spans, 'inner').parent_span_id).to.equal(named(spans, 'theirs').span_id)
    theirs.startSpan('late').end()
    trace.getTracer('a library').startSpan('later').end()
    expect(tracer.finish({status: 'ok'}).spans.map(({name}) => name)).to.not.include('later')
  })
})

describe('tracer', () => {
  it('records the command as the root of a new trace', () => {
    const {tracer, passes} = open()
    passes(1.5)
    const {spans, dropped} = tracer.finish({status: 'ok'})
    expect(dropped).to.equal(0)
    expect(spans).to.have.length(1)
    expect(spans[0]).to.deep.include({
      trace_id: tracer.traceId,
      parent_span_id: null,
      name: 'dataset:seed',
      start_ns: '1767323045678000000',
      end_ns: '1767323047178000000',
      started_at: new Date('2026-01-02T03:04:05.678Z'),
      duration_seconds: 1.5,
      status: 'ok',
      run_id: 'run-1',
      service: 'ep23-cli',
    })
    expect(spans[0]?.trace_id).to.match(/^[0-9a-f]{32}$/u)
    expect(spans[0]?.span_id).to.match(/^[0-9a-f]{16}$/u)
  })

  it("continues the caller's trace", () => {
    const {tracer} = open({parent: `00-${TRACE}-${SPAN}-00`})
    const root = tracer.finish({status: 'ok'}).spans[0]
    expect(tracer.traceId).to.equal(TRACE)
    expect(tracer.sampled).to.equal(false)
    expect(root).to.include({trace_id: TRACE, parent_span_id: SPAN})
    expect(tracer.traceparent()).to.equal(`00-${TRACE}-${root?.span_id}-00`)
  })

  it('starts a trace of its own when the caller’s is invalid', () => {
    const {tracer} = open({parent: `00-${TRACE}-nonsense-01`})
    expect(tracer.traceId).to.not.equal(TRACE)
    expect(tracer.sampled).to.equal(true)
    expect(tracer.finish({status: 'ok'}).spans[0]?.parent_span_id).to.equal(null)
  })

  it('nests spans by the code that runs them, also at the same time', async () => {
    const {tracer} = open()
    await tracer.span('outer', {}, async () => {
      await Promise.all(
        ['left', 'right'].map(side =>
          tracer.span(side, {}, async () => {
            await pause(1)
            await tracer.span(`${side} inner`, {}, async () => pause(1))
          }),
        ),
      )
    })
    const {spans} = tracer.finish({status: 'ok'})
    const parentOf = (name: string) => spans.find(span => span.span_id === named(spans, name).parent_span_id)?.name
    expect(parentOf('outer')).to.equal('dataset:seed')
    expect(parentOf('left')).to.equal('outer')
    expect(parentOf('right')).to.equal('outer')
    expect(parentOf('left inner')).to.equal('left')
    expect(parentOf('right inner')).to.equal('right')
  })

  it('passes results and errors through, and marks the span', async () => {
    const {tracer} = open()
    expect(await tracer.span('fine', {}, async () => 7)).to.equal(7)
    const error = new Error('no mongodb://ann:secret@host')
    const work = async () => Promise.reject(error)
    expect(await tracer.span('broken', {}, work).catch((thrown: unknown) => thrown)).to.equal(error)
    const thrown = await tracer
      .span('broken at once', {}, () => {
        throw error
      })
      .catch((caught: unknown) => caught)
    expect(thrown).to.equal(error)
    const {spans} = tracer.finish({status: 'error', message: 'failed'})
    expect(named(spans, 'fine').status).to.equal('ok')
    for (const name of ['broken', 'broken at once'])
      expect(named(spans, name)).to.include({status: 'error', status_message: 'no mongodb://[redacted]@host'})
    expect(named(spans, 'dataset:seed')).to.include({status: 'error', status_message: 'failed'})
  })

  it('gives the position for child processes and log lines', async () => {
    const {tracer} = open()
    const outside = tracer.position()
    await tracer.span('read', {channel: '@habr', stage: 'seed'}, async () => {
      await tracer.span('inner', {channel: '@proglib'}, async () => {
        const {spanId, ...rest} = tracer.position()
        expect(rest).to.deep.equal({channel: '@proglib', stage: 'seed'})
        expect(tracer.traceparent()).to.equal(`00-${tracer.traceId}-${spanId}-01`)
      })
    })
    const {spans} = tracer.finish({status: 'ok'})
    expect(outside).to.deep.equal({spanId: named(spans, 'dataset:seed').span_id})
  })

  it('takes attributes during the work, hides secrets and bounds what is kept', async () => {
    const {tracer} = open()
    await tracer.span('read', {'http.method': 'GET', apiKey: 'abc', url: 'https://u:p@h/'}, async span => {
      span.setAttributes({done: 3, apiKey: 'other', ratio: Number.NaN, long: 'x'.repeat(5000)})
      span.setAttributes({pass: 'hunter2', OPENAI_KEY: 'abc', tokens: 512})
      span.setAttributes({none: undefined, list: [1, 2]} as unknown as Attributes)
      span.setAttributes(Object.fromEntries(Array.from({length: 100}, (_, index) => [`a${index}`, index])))
    })
    const {attributes} = named(tracer.finish({status: 'ok'}).spans, 'read')
    expect(attributes).to.include({http_method: 'GET', apiKey: '[redacted]', url: 'https://[redacted]@h/', done: 3})
    expect(attributes).to.include({pass: '[redacted]', OPENAI_KEY: '[redacted]', tokens: 512})
    expect(attributes).to.include({ratio: 'NaN', list: '1,2', a50: 50})
    expect(attributes).to.not.have.any.keys('none', 'a64', 'a90')
    expect(attributes['long']).to.have.length(1024)
    expect(Object.keys(attributes)).to.have.length(64)
  })

  it('keeps a bounded number of spans, with all their parents, and counts the rest', async () => {
    const {tracer} = open({maxSpans: 5})
    await tracer.span('outer', {}, async () => {
      for (let index = 0; index < 10; index++)
        await tracer.span(`step ${index}`, {}, async () => tracer.span('inner', {}, async () => tracer.traceparent()))
    })
    const {spans, dropped} = tracer.finish({status: 'ok'})
    const ids = new Set([null, ...spans.map(span => span.span_id)])
    expect(spans).to.have.length(5)
    expect(dropped).to.equal(22 - 5)
    for (const span of spans) expect(ids.has(span.parent_span_id), span.name).to.equal(true)
    expect(named(spans, 'outer').parent_span_id).to.equal(named(spans, 'dataset:seed').span_id)
  })

  it('ends what still runs when the command is cut short, once', async () => {
    const {tracer, passes} = open()
    const released = Promise.withResolvers<void>()
    const running = tracer.span('outer', {}, async () => tracer.span('inner', {}, async () => released.promise))
    passes(2)
    const {spans} = tracer.finish({status: 'error'})
    expect(named(spans, 'inner')).to.deep.include({
      status: 'unset',
      duration_seconds: 2,
      attributes: {unfinished: true},
    })
    expect(named(spans, 'outer').status).to.equal('unset')
    released.resolve()
    await running
    expect(tracer.finish({status: 'ok'}).spans).to.have.length(3)
  })

  it('goes on from the time of day when the clock was set or the machine slept', async () => {
    const {tracer, time, passes} = open()
    passes(10)
    time.wall += 3_600_000
    await tracer.span('after', {}, async () => passes(1))
    const span = named(tracer.finish({status: 'ok'}).spans, 'after')
    expect(span.started_at.getTime()).to.equal(Date.UTC(2026, 0, 2, 4, 4, 15, 678))
    expect(span.duration_seconds).to.equal(1)
  })
})
