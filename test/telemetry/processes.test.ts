import {spawn} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'

import {openStore} from '#src/store/open-store.js'
import {foldRuns} from '#src/telemetry/fold-runs.js'
import type {MetricSample} from '#src/telemetry/metric-sample.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import type {RunDocument} from '#src/telemetry/run-document.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'
import {sendUnsent, unsentFolder} from '#src/telemetry/unsent-runs.js'
import type {Store} from '@ep23/sdk'
import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {inherited} from '../helpers/run-ep23.ts'

const program = fileURLToPath(new URL('fixtures/recording-process.ts', import.meta.url))

/** Sixty of a real command, beside Prometheus, are in sixty-processes.test.ts. */
const PROCESSES = 20

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

describe('telemetry of processes', () => {
  let folder: string
  let location: string
  let store: Store
  const open = async (at: string): Promise<void> => {
    location = at
    store = await openStore(at)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-processes-'))
  })
  afterEach(async () => {
    await store.dispose()
    rmSync(folder, {recursive: true, force: true})
  })

  async function run(args: string[], options: {signal?: NodeJS.Signals} = {}): Promise<Ended> {
    const child = spawn(process.execPath, [program, folder, ...args], {
      // To count the lines of each would cost minutes.
      env: {...inherited(false), EP23_STORE: location},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = {stdout: '', stderr: ''}
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += String(chunk)
      if (options.signal && output.stdout.includes('waiting')) child.kill(options.signal)
    })
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += String(chunk)))
    const [code] = (await once(child, 'close')) as [number | null]
    return {code, ...output}
  }

  async function totals(): Promise<MetricSample[]> {
    return totalsAsSamples(await readTotals(store))
  }

  async function runs(): Promise<RunDocument[]> {
    const documents: RunDocument[] = []
    for await (const document of store.collection<RunDocument>('ep23_runs').find()) documents.push(document)
    return documents
  }

  async function addUpExactly(): Promise<void> {
    const children = {running: true}
    const readAndFold = async (): Promise<void> => {
      let previous = 0
      while (children.running) {
        const now = counterOf(await totals(), '@habr')
        expect(now).to.be.at.least(previous)
        previous = now
        await foldRuns(store, {now: () => new Date(), batch: 7})
        await pause(20)
      }
    }
    const reading = readAndFold()
    const ended = await Promise.all(Array.from({length: PROCESSES}, (_, index) => run(['finish', String(index + 0.1)])))
    children.running = false
    await reading
    for (const {code, stderr} of ended) {
      expect(code).to.equal(0)
      // On a machine that is busy enough a run may have to wait for a later one.
      expect(stderr).to.match(/^(Warning: the telemetry of this run waits for a later one to store it: .*\n)?$/u)
    }
    await sendUnsent(unsentFolder({store: location, logDir: join(folder, 'logs')}), store)
    const samples = await totals()
    expect(counterOf(samples, '@habr')).to.equal(((PROCESSES - 1) * PROCESSES) / 2 + PROCESSES / 10)
    expect(counterOf(samples, '@proglib')).to.equal(PROCESSES)
    expect(samples).to.deep.include({
      kind: 'histogram',
      name: 'test_duration_seconds',
      labels: {},
      bounds: [0.1, 1],
      counts: [PROCESSES, 0, 0],
      sum: PROCESSES / 10,
    })
    expect(await runs()).to.have.length(PROCESSES)
    expect(await store.collection('ep23_spans').countBy({}, 'name')).to.deep.equal(
      new Map([
        ['test:finish', PROCESSES],
        ['work', PROCESSES],
      ]),
    )
    const lines = globSync('*.log', {cwd: join(folder, 'logs')}).flatMap(file =>
      readFileSync(join(folder, 'logs', file), 'utf8')
        .trim()
        .split('\n'),
    )
    expect(lines).to.have.length(PROCESSES)
    expect(samples).to.deep.include({
      kind: 'counter',
      name: 'structured_logs_total',
      labels: {level: 'info', service: 'ep23-cli'},
      value: PROCESSES,
    })
  }

  it('adds up exactly over twenty at once, while somebody reads and folds', async function () {
    this.timeout(120_000)
    await open(join(folder, 'store.sqlite'))
    await addUpExactly()
  })

  it('adds up exactly over twenty at once on MongoDB', async function () {
    const server = await sharedMongo(this)
    this.timeout(180_000)
    const database = `ep23_telemetry_${randomBytes(6).toString('hex')}`
    await open(server.url(database))
    await addUpExactly()
    await dropDatabase(server.url(database))
  })

  const endings: {by: string; how: string; signal?: NodeJS.Signals; code: number; outcome: string; message?: string}[] =
    [
      {by: 'an error', how: 'fail', code: 1, outcome: 'error', message: 'unexpected: the work failed'},
      {by: 'an uncaught error', how: 'throw', code: 1, outcome: 'error', message: 'unexpected: nobody catches this'},
      {
        by: 'an unhandled rejection',
        how: 'reject',
        code: 1,
        outcome: 'error',
        message: 'unexpected: nobody awaits this',
      },
      {by: 'SIGINT', how: 'wait', signal: 'SIGINT', code: 130, outcome: 'interrupted'},
      {by: 'SIGTERM', how: 'wait', signal: 'SIGTERM', code: 130, outcome: 'interrupted'},
    ]
  for (const {by, how, signal, code, outcome, message} of endings)
    it(`is stored when the process ends by ${by}`, async () => {
      await open(join(folder, 'store.sqlite'))
      const ended = await run([how], signal && {signal})
      expect(ended.code).to.equal(code)
      expect(counterOf(await totals(), '@habr')).to.equal(1)
      const [document] = await runs()
      expect(document).to.include({command: `test:${how}`, exit: code, outcome})
      if (message !== undefined) expect(document?.error?.message).to.equal(message)
      expect(await store.collection('ep23_spans').countBy({}, 'run_id')).to.deep.equal(new Map([[document?.run_id, 2]]))
    })

  it('is stored before Node reports an error that nobody caught', async () => {
    await open(join(folder, 'store.sqlite'))
    const {stderr} = await run(['throw'])
    expect(stderr).to.match(/Error: nobody catches this\n {4}at /u)
  })
})

function counterOf(samples: readonly MetricSample[], channel: string): number {
  const counter = samples.find(({name, labels}) => name === 'test_posts_total' && labels['channel'] === channel)
  return counter?.kind === 'counter' ? counter.value : 0
}

async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url)
  await client.db().dropDatabase()
  await client.close()
}
