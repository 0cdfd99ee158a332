// The sidecar under full load: as many scrapes as it can answer, over a store with a thousand runs, while other callers
// are refused. Seconds as the first argument. Prints requests per second, latency, errors and memory.
import {openStore} from '#src/store/open-store.js'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

import {temporaryFolder} from '../test/helpers/run-ep23.ts'
import {startSidecar} from '../test/helpers/sidecar.ts'

const seconds = Number(process.argv[2] ?? 30)
const CALLERS = 16
const RUNS = 1000

const folder = temporaryFolder()
await storeRuns(join(folder.path, '.ep23/store.sqlite'))
const sidecar = await startSidecar(folder.path)
const latencies: number[] = []
const statuses = new Map<number | string, number>()
const memoryMb = [await memory()]
const until = performance.now() + seconds * 1000
await Promise.all([
  watchMemory(),
  ...Array.from({length: CALLERS}, (_, index) => call(index % 4 === 3 ? '/nothing' : '/metrics')),
])
await sidecar.end('SIGTERM')
folder.remove()
latencies.sort((a, b) => a - b)
console.log({
  seconds,
  callers: CALLERS,
  statuses: Object.fromEntries(statuses),
  scrapes_per_second: Math.round(latencies.length / seconds),
  p50_ms: at(0.5),
  p99_ms: at(0.99),
  memory_mb: memoryMb.join(' '),
})

async function call(path: string): Promise<void> {
  while (performance.now() < until) {
    const from = performance.now()
    const status = await fetch(`${sidecar.url}${path}`).then(
      async answer => (await answer.text(), answer.status),
      (error: Error) => error.message,
    )
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status === 200) latencies.push(performance.now() - from)
  }
}

async function watchMemory(): Promise<void> {
  while (performance.now() < until) {
    await pause(Math.max(1, seconds * 100))
    memoryMb.push(await memory())
  }
}

async function memory(): Promise<number> {
  const text = await (await fetch(`${sidecar.url}/metrics`)).text()
  return Math.round(Number(/^ep23_sidecar_resident_memory_bytes (\S+)$/mu.exec(text)?.[1]) / 1e6)
}

function at(share: number): number {
  return Math.round(latencies[Math.floor(latencies.length * share)] ?? Number.NaN)
}

async function storeRuns(location: string): Promise<void> {
  const store = await openStore(location)
  const runs = Array.from({length: RUNS}, (_, index) => ({
    run_id: `run-${index}`,
    service: 'ep23-cli',
    command: 'dataset:seed',
    recorded_at: new Date(),
    samples: [{kind: 'counter', name: 'ep23_runs_total', labels: {command: 'dataset:seed', outcome: 'ok'}, value: 1}],
  }))
  await store.collection<(typeof runs)[0]>('ep23_metrics').upsertMany(runs, 'run_id')
  await store.dispose()
}
