import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {lazyStore} from '#src/store/lazy-store.js'
import {openStore} from '#src/store/open-store.js'
import type {PerhapsOpenStore} from '#src/telemetry/flush-run.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import {startTelemetry} from '#src/telemetry/start-telemetry.js'
import type {TelemetryOptions} from '#src/telemetry/telemetry.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'
import {usageError, type Store, verbatim} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

const SLOW = 'the telemetry of this run waits for a later one to store it: it took longer than 250 ms'
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

/** A connected store that outlives the run. */
const connected = (): PerhapsOpenStore => Object.assign(memoryStore(), {isOpen: true})

async function all<T>(store: Store, collection: string): Promise<T[]> {
  const documents: T[] = []
  for await (const document of store.collection(collection).find()) documents.push(document as T)
  return documents
}

async function collector() {
  const received: string[] = []
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => received.push(String(chunk)))
    request.on('end', () => response.end('{}'))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const otlpEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return {received, otlpEndpoint, stop}
}

describe('telemetry of a run', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-telemetry-'))
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const settings = () => ({
    store: join(folder, 'store.sqlite'),
    logDir: join(folder, 'logs'),
    logLevel: 'info',
    llmApiKey: 'correct horse battery',
    traceSample: 1,
    otlpEndpoint: undefined,
  })

  function start(options: Partial<TelemetryOptions> & {otlpEndpoint?: string; logLevel?: string} = {}) {
    const {otlpEndpoint, logLevel = 'info', ...rest} = options
    const warnings: string[] = []
    const time = {seconds: 10}
    const telemetry = startTelemetry({
      settings: {...settings(), logLevel, otlpEndpoint},
      clock: {
        now: () => new Date(Date.UTC(2026, 0, 2, 3, 4, time.seconds)),
        monotonic: () => time.seconds,
      },
      command: 'dataset:seed',
      version: '1.2.3',
      service: 'ep23-cli',
      env: {},
      warn: message => warnings.push(message.english),
      ...rest,
    })
    return {telemetry, warnings, time}
  }

  it('stores metrics, spans and the run’s document under one run and trace', async () => {
    const {telemetry, warnings, time} = start({env: {TRACEPARENT}})
    const store = connected()
    telemetry.describeRun({digests: 150})
    telemetry.describeRun({origin: 'telegram'})
    await telemetry.tracer.span('read', {channel: '@habr'}, async () => telemetry.logger.warn({}, 'careful'))
    time.seconds += 2.5
    await telemetry.close({exit: 3, error: undefined}, store)

    const {run_id, trace_id} = telemetry.run
    expect(warnings).to.deep.equal([])
    expect(run_id).to.match(/^20260102T030410Z-[0-9a-f]{12}$/u)
    expect(trace_id).to.equal('4bf92f3577b34da6a3ce929d0e0e4736')
    expect(await all(store, 'ep23_runs')).to.deep.equal([
      {
        run_id,
        trace_id,
        service: 'ep23-cli',
        command: 'dataset:seed',
        version: '1.2.3',
        started_at: new Date('2026-01-02T03:04:10Z'),
        finished_at: new Date('2026-01-02T03:04:12Z'),
        duration_seconds: 2.5,
        exit: 3,
        outcome: 'warned',
        facts: {digests: 150, origin: 'telegram'},
      },
    ])
    const spans = await all<Record<string, unknown>>(store, 'ep23_spans')
    expect(spans.map(({name, run_id: run, trace_id: trace}) => ({name, run, trace}))).to.have.deep.members([
      {name: 'dataset:seed', run: run_id, trace: trace_id},
      {name: 'read', run: run_id, trace: trace_id},
    ])
    expect(totalsAsSamples(await readTotals(store)).map(({name, labels}) => ({name, ...labels}))).to.have.deep.members([
      {name: 'structured_logs_total', service: 'ep23-cli', level: 'warn'},
      {name: 'ep23_runs_total', command: 'dataset:seed', outcome: 'warned'},
      {name: 'ep23_run_duration_seconds', command: 'dataset:seed'},
      {name: 'ep23_last_flush_timestamp_seconds', command: 'dataset:seed'},
    ])
  })

  const outcomes = {
    0: 'ok',
    1: 'error',
    2: 'failed',
    3: 'warned',
    4: 'undecided',
    5: 'unmeasured',
    64: 'error',
    65: 'error',
    69: 'error',
    130: 'interrupted',
    143: 'interrupted',
  }
  for (const [exit, outcome] of Object.entries(outcomes))
    it(`calls exit code ${exit} ${outcome}`, async () => {
      const {telemetry} = start()
      const store = connected()
      await telemetry.close({exit: Number(exit), error: undefined}, store)
      expect((await all<object>(store, 'ep23_runs'))[0]).to.include({outcome})
    })

  it('tells what failed, without secrets, in the run’s document, the trace and the log', async () => {
    const {telemetry} = start()
    const store = connected()
    telemetry.describeRun({llm: {api_key: 'correct horse battery', url: 'http://ann:pa55@host'}})
    const error = usageError(verbatim('no --from for https://ann:pa55@host with correct horse battery'))
    await telemetry.close({exit: 64, error}, store)
    const message = 'no --from for https://[redacted]@host with [redacted]'
    const [run] = await all<Record<string, unknown>>(store, 'ep23_runs')
    expect(run?.['error']).to.deep.equal({code: 'USAGE', message})
    expect((await all<object>(store, 'ep23_spans'))[0]).to.include({status: 'error', status_message: message})
    const [line] = logLines()
    expect(line).to.include({msg: 'command failed', lvl: 'error', exit: 64})
    expect(line?.['err']).to.include({code: 'USAGE', message})
    const written = JSON.stringify([await all(store, 'ep23_runs'), await all(store, 'ep23_spans'), logLines()])
    expect(written).to.not.match(/pa55|battery/u)
  })

  it('counts spans that were too many', async () => {
    const {telemetry} = start()
    const store = connected()
    for (let index = 0; index < 2005; index++) await telemetry.tracer.span('x', {}, async () => undefined)
    await telemetry.close({exit: 0, error: undefined}, store)
    expect(await all(store, 'ep23_spans')).to.have.length(2000)
    expect(totalsAsSamples(await readTotals(store))).to.deep.include({
      kind: 'counter',
      name: 'ep23_dropped_spans_total',
      labels: {service: 'ep23-cli'},
      value: 6,
    })
  })

  it('stores whatever a command says about itself', async () => {
    const {telemetry, warnings} = start()
    const store = connected()
    telemetry.describeRun({
      'a.b': {$set: 1, _id: 2},
      half: 'a\uD800',
      nan: Number.NaN,
      at: new Date(0),
      none: undefined,
    })
    telemetry.describeRun({list: [{'x.y': 1n}], call: () => 1, long: `${'x'.repeat(16_382)}\u{1F600}${'y'.repeat(9)}`})
    await telemetry.tracer.span('half \uDC00', {'a.b': '\uD800', $x: 1, _id: 2}, async () => undefined)
    await telemetry.close({exit: 0, error: new Error('half \uD800')}, store)
    expect(warnings).to.deep.equal([])
    const [run] = await all<{facts: Record<string, unknown>}>(store, 'ep23_runs')
    expect(run?.facts).to.deep.include({
      a_b: {_set: 1, id: 2},
      half: 'a\uFFFD',
      nan: 'NaN',
      at: new Date(0),
      list: [{x_y: '1'}],
    })
    expect(run?.facts).to.not.have.any.keys('none', 'call')
  })

  it('stores once, whoever asks how often', async () => {
    const {telemetry} = start()
    const store = connected()
    await Promise.all([
      telemetry.close({exit: 1, error: new Error('first')}, store),
      telemetry.close({exit: 0, error: undefined}, store),
    ])
    await telemetry.close({exit: 0, error: undefined}, store)
    expect(await all<object>(store, 'ep23_runs')).to.have.length(1)
    expect((await all<object>(store, 'ep23_runs'))[0]).to.include({exit: 1})
    expect(logLines()).to.have.length(1)
  })

  it('takes an unknown log level as info', async () => {
    const {telemetry} = start({logLevel: 'verbose'})
    telemetry.logger.debug({}, 'dropped')
    telemetry.logger.info({}, 'kept')
    expect(logLines().map(({msg}) => msg)).to.deep.equal(['kept'])
  })

  it('opens a store just for this when the command has not used its own', async () => {
    const {telemetry, warnings} = start()
    const store = lazyStore(join(folder, 'store.sqlite'))
    await telemetry.close({exit: 0, error: undefined}, store)
    expect(warnings).to.deep.equal([])
    expect(await all(store, 'ep23_runs')).to.have.length(1)
    await store.dispose()
  })

  describe('that cannot be stored costs one warning', () => {
    const never = new Promise<never>(() => undefined)
    const failing: Record<string, Partial<TelemetryOptions>> = {
      'when the store is missing': {openStore: async () => Promise.reject(new Error('no folder mongodb://ann:pa55@h'))},
      'when the store does not answer': {openStore: async () => never},
      'when the store can be opened but does not answer': {
        openStore: async () => ({
          ...memoryStore(),
          collection: () => ({upsertMany: async () => never, hasIndex: async () => never}) as never,
        }),
      },
      'when the disk is full': {
        openStore: async () => ({
          ...memoryStore(),
          collection: () => ({upsertMany: async () => Promise.reject(new Error('the disk is full'))}) as never,
        }),
      },
    }
    for (const [when, options] of Object.entries(failing))
      it(when, async () => {
        const {telemetry, warnings} = start(options)
        await telemetry.close({exit: 0, error: undefined}, memoryStore())
        expect(warnings).to.have.length(1)
        expect(warnings[0]).to.match(
          /^the telemetry of this run (was not stored|waits for a later one to store it): [a-z]/u,
        )
        expect(warnings[0]).to.not.include('pa55')
      })

    it('when the store is open but does not answer', async () => {
      const store = {
        ...memoryStore(),
        isOpen: true,
        collection: () => ({upsertMany: async () => never, hasIndex: async () => never}) as never,
      }
      const {telemetry, warnings} = start()
      await telemetry.close({exit: 0, error: undefined}, store)
      expect(warnings).to.deep.equal([SLOW])
    })

    it('and leaves nothing behind that keeps the process alive', async () => {
      let disposed = 0
      const openSlowly = Promise.withResolvers<Store>()
      const store: Store = {
        ...memoryStore(),
        collection: () => ({upsertMany: async () => never}) as never,
        dispose: async () => void (disposed += 1),
      }
      await start({openStore: async () => store}).telemetry.close({exit: 0, error: undefined}, memoryStore())
      expect(disposed).to.equal(1)
      await start({openStore: async () => openSlowly.promise}).telemetry.close(
        {exit: 0, error: undefined},
        memoryStore(),
      )
      openSlowly.resolve(store)
      await new Promise(setImmediate)
      expect(disposed).to.equal(2)
    })

    it('when another process holds the lock of a SQLite store', async () => {
      const path = join(folder, 'store.sqlite')
      const store = await openStore(path)
      const other = new DatabaseSync(path)
      other.exec('BEGIN IMMEDIATE')
      const {telemetry, warnings} = start()
      await telemetry.close({exit: 0, error: undefined}, lazyStore(path))
      expect(warnings).to.deep.equal([SLOW])
      other.exec('ROLLBACK')
      other.close()
      expect(await all(store, 'ep23_runs')).to.deep.equal([])

      const later = start()
      await later.telemetry.close({exit: 0, error: undefined}, lazyStore(path))
      expect(later.warnings).to.deep.equal([])
      const ids = (await all<{run_id: string}>(store, 'ep23_runs')).map(({run_id}) => run_id)
      expect(ids).to.have.members([telemetry.run.run_id, later.telemetry.run.run_id])
      expect(totalsAsSamples(await readTotals(store))).to.deep.include({
        kind: 'counter',
        name: 'ep23_runs_total',
        labels: {command: 'dataset:seed', outcome: 'ok'},
        value: 2,
      })
      await store.dispose()
    })

    it('and is not kept when trying again cannot help', async () => {
      const path = join(folder, 'file')
      writeFileSync(path, 'no database')
      const {telemetry, warnings} = start({settings: {...settings(), store: path}})
      await telemetry.close({exit: 0, error: undefined}, lazyStore(path))
      expect(warnings[0]).to.match(/^the telemetry of this run was not stored: .* is a file, but no SQLite database$/u)
      expect(existsSync(join(folder, 'logs/unsent'))).to.equal(false)
    })

    it('and says so when it cannot be kept either', async () => {
      writeFileSync(join(folder, 'logs'), 'no folder')
      const {telemetry, warnings} = start({openStore: async () => never})
      telemetry.logger.info({}, 'lost')
      await telemetry.close({exit: 0, error: undefined}, memoryStore())
      expect(warnings).to.have.length(2)
      expect(warnings[0]).to.match(/^log lines cannot be written/u)
      expect(warnings[1]).to.match(/was not stored: it took longer .*; it could not be kept either: E/u)
    })

    it('when the store is no store', async () => {
      const {telemetry, warnings} = start()
      const database = new DatabaseSync(join(folder, 'store.sqlite'))
      database.exec('CREATE TABLE theirs (x)')
      database.close()
      await telemetry.close({exit: 0, error: undefined}, lazyStore(join(folder, 'store.sqlite')))
      expect(warnings).to.have.length(1)
      expect(warnings[0]).to.match(/belongs to another program/u)
    })
  })

  describe('with a collector', () => {
    it('sends the trace there, too', async () => {
      const {received, otlpEndpoint, stop} = await collector()
      const {telemetry, warnings} = start({otlpEndpoint})
      await telemetry.close({exit: 0, error: undefined}, connected())
      stop()
      expect(warnings).to.deep.equal([])
      expect(received.join('')).to.include(telemetry.run.trace_id).and.to.include('dataset:seed')
    })

    it('sends nothing when the caller’s trace is not recorded', async () => {
      const {received, otlpEndpoint, stop} = await collector()
      const {telemetry} = start({otlpEndpoint, env: {TRACEPARENT: TRACEPARENT.replace(/01$/u, '00')}})
      const store = connected()
      await telemetry.close({exit: 0, error: undefined}, store)
      stop()
      expect(received).to.deep.equal([])
      expect(await all(store, 'ep23_spans')).to.have.length(1)
    })

    it('costs one warning, without the address’s password, when it does not answer', async () => {
      const {otlpEndpoint, stop} = await collector()
      stop()
      const {telemetry, warnings} = start({otlpEndpoint: otlpEndpoint.replace('://', '://ann:pa55@')})
      const store = connected()
      await telemetry.close({exit: 0, error: undefined}, store)
      expect(warnings).to.have.length(1)
      expect(warnings[0]).to.match(/^the trace was not sent to http:\/\/\[redacted\]@127\.0\.0\.1:\d+: /u)
      expect(await all(store, 'ep23_runs')).to.have.length(1)
    })
  })

  function logLines(): Record<string, unknown>[] {
    const logs = join(folder, 'logs')
    return readdirSync(logs).flatMap(file =>
      readFileSync(join(logs, file), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>),
    )
  }
})
