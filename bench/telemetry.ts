// What telemetry costs, each figure beside a baseline measured in the same run:
//
//   node bench/telemetry.ts
//
// Records (increments, spans, log lines) in CPU time per record, medians of five rounds that take turns; what telemetry adds to a
// command, in CPU time, which other work on the machine disturbs least, and by the clock; reading totals before and after folding.
// `node bench/telemetry.ts commands` measures the commands alone.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs'
import {loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'

import {context, trace} from '@opentelemetry/api'
import {BasicTracerProvider} from '@opentelemetry/sdk-trace-node'
import promClient from 'prom-client'

import {openStore} from '../dist/store/open-store.js'
import {foldRuns} from '../dist/telemetry/fold-runs.js'
import {createLogger} from '../dist/telemetry/logger.js'
import {readTotals} from '../dist/telemetry/stored-metrics.js'
import {createRedactor} from '../dist/telemetry/redact.js'
import {createMetrics} from '../dist/telemetry/registry.js'
import type {RunMetrics} from '../dist/telemetry/run-telemetry.js'
import {createTracer} from '../dist/telemetry/tracer.js'

const ROUNDS = 5
const PAIRS = 25
const EP23 = join(import.meta.dirname, '../bin/run.js')
const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))
const clock = {now: () => new Date(), monotonic: () => performance.now() / 1000}
const redactor = createRedactor()

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** CPU microseconds per record of each contender, medians of rounds in which they take turns. */
async function perRecord(records: number, contenders: Record<string, () => void | Promise<void>>): Promise<void> {
  const names = Object.keys(contenders)
  const spent = new Map(names.map(name => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round++)
    for (const name of names) {
      const before = process.cpuUsage()
      await contenders[name]?.()
      const {user, system} = process.cpuUsage(before)
      if (round > 0) spent.get(name)?.push((user + system) / records)
    }
  const [baseline = ''] = names
  const base = median(spent.get(baseline) ?? [])
  for (const name of names) {
    const own = median(spent.get(name) ?? [])
    console.log(`${name.padEnd(44)} ${own.toFixed(3).padStart(9)} µs  ${(own / base).toFixed(2)} x`)
  }
}

async function increments(): Promise<void> {
  const records = 300_000
  const registry = new promClient.Registry()
  const theirs = new promClient.Counter({name: 'a_total', help: 'a', labelNames: ['channel'], registers: [registry]})
  const {posts} = createMetrics({now: () => new Date()}).bind({
    posts: {
      kind: 'counter',
      name: 'test_posts_total',
      help: 'Posts of a bench.',
      unit: 'posts',
      labels: {channel: {atMost: 50}},
    },
  })
  const channels = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science']
  console.log('\n## one labelled increment')
  await perRecord(records, {
    'prom-client': () => {
      for (let n = 0; n < records; n++) theirs.inc({channel: channels[n % 5] ?? ''})
    },
    ep23: () => {
      for (let n = 0; n < records; n++) posts.inc({channel: channels[n % 5] ?? ''})
    },
  })
}

async function spans(): Promise<void> {
  const records = 20_000
  const theirs = new BasicTracerProvider().getTracer('bench')
  console.log('\n## one span around an asynchronous function')
  await perRecord(records, {
    'OpenTelemetry SDK, nothing exported': async () => {
      for (let n = 0; n < records; n++) {
        const span = theirs.startSpan('work', {attributes: {channel: '@habr'}})
        await context.with(trace.setSpan(context.active(), span), async () => undefined)
        span.end()
      }
    },
    ep23: async () => {
      const tracer = createTracer({
        service: 's',
        runId: 'r',
        name: 'n',
        parent: undefined,
        clock,
        redactor,
        maxSpans: 1e9,
      })
      for (let n = 0; n < records; n++) await tracer.span('work', {channel: '@habr'}, async () => undefined)
    },
  })
}

async function logLines(): Promise<void> {
  const records = 20_000
  const descriptor = openSync(join(folder, 'plain.log'), 'a')
  const logger = createLogger({
    service: 'ep23-cli',
    level: 'info',
    directory: folder,
    context: {run_id: 'r', trace_id: 't', epic_id: 'EP23', stage: 's'},
    position: () => ({spanId: 's'}),
    clock,
    redactor,
    onLine: () => undefined,
    warn: message => console.error(message),
  })
  console.log('\n## one log line')
  await perRecord(records, {
    'JSON.stringify and fs.writeSync': () => {
      for (let n = 0; n < records; n++)
        writeSync(descriptor, `${JSON.stringify({time: new Date(), msg: 'read', channel: '@habr', n})}\n`)
    },
    ep23: () => {
      for (let n = 0; n < records; n++) logger.info({channel: '@habr', n}, 'read')
    },
  })
}

// Writes the CPU time that its process took, in milliseconds, as its last act.
const CPU_TIME = `data:text/javascript,${encodeURIComponent(`
  import {writeSync} from 'node:fs'
  process.on('exit', () => {
    const {user, system} = process.cpuUsage()
    writeSync(2, '\\ncpu ' + (user + system) / 1000)
  })`)}`

/**
 * The same command with telemetry and without (EP23_TELEMETRY=off), in pairs whose order changes: medians, and the median
 * of the pairs' differences.
 */
function commands(): void {
  console.log(`\n## a command, ${PAIRS} pairs; load of the machine ${loadavg()[0]?.toFixed(1)}`)
  const cwd = join(folder, 'project')
  mkdirSync(cwd)
  measure(cwd, ['dataset:seed', '--days', '30'], 'on')
  for (const args of [['config:explain'], ['dataset:audit']]) {
    const pairs = Array.from({length: PAIRS + 2}, (_, pair) => {
      const [first, second] = pair % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)
      const measured = {[first]: measure(cwd, args, first), [second]: measure(cwd, args, second)}
      return {on: measured['on'] ?? NOTHING, off: measured['off'] ?? NOTHING}
    }).slice(2)
    for (const kind of ['cpu', 'wall'] as const) {
      const [on, off] = [median(pairs.map(pair => pair.on[kind])), median(pairs.map(pair => pair.off[kind]))]
      const added = median(pairs.map(pair => pair.on[kind] - pair.off[kind]))
      console.log(
        `${args[0]?.padEnd(16)} ${kind.padEnd(4)} off ${off.toFixed(0)} ms, on ${on.toFixed(0)} ms, ${(on / off).toFixed(2)} x, added ${added.toFixed(1)} ms`,
      )
    }
  }
}

interface Cost {
  cpu: number
  wall: number
}

const NOTHING: Cost = {cpu: Number.NaN, wall: Number.NaN}

function measure(cwd: string, args: string[], telemetry: 'off' | 'on'): Cost {
  const from = performance.now()
  const {stderr} = spawnSync(process.execPath, ['--import', CPU_TIME, EP23, ...args], {
    ...{cwd, encoding: 'utf8'},
    env: {...process.env, EP23_TELEMETRY: telemetry, EP23_DATA_DIR: join(folder, 'data')},
  })
  return {wall: performance.now() - from, cpu: Number(/^cpu (?<ms>.+)$/mu.exec(stderr)?.groups?.['ms'])}
}

async function totals(): Promise<void> {
  const runs = 5000
  const store = await openStore(join(folder, 'totals.sqlite'))
  await store.collection<RunMetrics>('ep23_metrics').upsertMany(manyRuns(runs), 'run_id')
  const read = async (): Promise<number> => {
    const before = performance.now()
    await readTotals(store)
    return performance.now() - before
  }
  await read()
  const unfolded = await read()
  const before = performance.now()
  await foldRuns(store, {now: () => new Date()})
  const folding = performance.now() - before
  const folded = await read()
  console.log(`\n## totals over ${runs} runs of 20 series`)
  console.log(
    `read before folding ${unfolded.toFixed(0)} ms, folding ${folding.toFixed(0)} ms, read after it ${folded.toFixed(1)} ms`,
  )
  await store.dispose()
}

function* manyRuns(count: number): Generator<RunMetrics> {
  for (let n = 0; n < count; n++)
    yield {
      run_id: `run-${n}`,
      service: 'ep23-cli',
      command: 'bench',
      recorded_at: new Date(n * 1000),
      samples: Array.from({length: 20}, (_, series) => ({
        kind: 'counter',
        name: 'a_total',
        labels: {channel: `@${series}`},
        value: 1.1,
      })),
    }
}

if (process.argv[2] !== 'commands') {
  await increments()
  await spans()
  await logLines()
  await totals()
}
commands()
rmSync(folder, {recursive: true})
