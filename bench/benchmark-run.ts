// What a benchmark run costs beside its judge: samples a second and memory with a judge that answers at once, and the CPU time of
// the offline judge over real digests.
//
//   node bench/benchmark-run.ts [--samples 25000] [--real dataset.jsonl]
//
// The baseline, measured in the same run, reads and parses the same records and does nothing else. `--real` takes a file that
// `ep23 exporters:run digests` wrote; without it the made-up samples are judged.
import {createHash} from 'node:crypto'
import {createReadStream, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {parseArgs} from 'node:util'

import {keepMemoryFlat, type Judge, type JudgedSample} from '@ep23/sdk'

import {lexicalJudge} from '../plugins/benchmark/dist/adapters/offline-judges.js'
import {runBenchmark} from '../plugins/benchmark/dist/usecases/run/run-benchmark.js'
import {depsIn, requestOf, SCORES} from '../plugins/benchmark/test/sample/run-parts.ts'
import {sampleOf} from '../plugins/benchmark/test/sample/samples.ts'

const bare = process.memoryUsage.rss()
const {values: flags} = parseArgs({options: {samples: {type: 'string', default: '25000'}, real: {type: 'string'}}})
const count = Number(flags.samples)
const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))

// The length of a real day of posts: about 5 kB of source.
const paragraph = sampleOf(0).source_text.repeat(12)
const instant: Judge = {
  name: 'instant',
  signature: 'instant|v:1',
  scale: 'llm',
  scores: SCORES,
  concurrency: 64,
  async judge({sample_id: id}) {
    const value = 0.8 + (id.length % 10) / 50
    return {scores: Object.fromEntries(SCORES.map(name => [name, {value}]))}
  },
}

keepMemoryFlat()
let peak = 0
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
const cpuBefore = process.cpuUsage()
const seconds = await timed(() => runBenchmark(depsIn(folder), {...requestOf([], instant), dataset: madeUp(count)}))
const cpu = cpuSeconds(cpuBefore)
clearInterval(watch)
const baseline = await timed(readAll)
console.log(
  `${count} samples with a judge that answers at once: ${seconds.toFixed(2)} s, ${Math.round(count / seconds)} samples/s`,
)
console.log(`${cpu.toFixed(2)} s of CPU, ${Math.round(count / cpu)} samples a second of it`)
console.log(`peak memory ${Math.round(peak / 1e6)} MB (before the run: ${Math.round(bare / 1e6)} MB)`)
console.log(
  `reading and parsing the same records alone: ${baseline.toFixed(2)} s, so ${(seconds / baseline).toFixed(1)} x the baseline`,
)
rmSync(folder, {recursive: true})

const real =
  flags.real === undefined
    ? Array.from({length: 150}, (_, n) => sampleOf(n, {source_text: paragraph}))
    : await readSamples(flags.real)
const judge = lexicalJudge()
const before = process.cpuUsage()
for (const sample of real) await judge.judge(sample, {answer: 1, repeat: 1, signal: new AbortController().signal})
const kind = flags.real === undefined ? 'made-up' : 'real'
console.log(`lexical judge over ${real.length} ${kind} samples: ${cpuSeconds(before).toFixed(2)} s of CPU`)

function madeUp(samples: number) {
  return {
    kind: 'file' as const,
    location: 'made up',
    exporter: 'digests',
    prove: async () => ({by: 'nothing' as const, manifest: null}),
    async *records() {
      for (let n = 0; n < samples; n++) yield {record: sampleOf(n, {source_text: paragraph}), place: `made up:${n}`}
    },
  }
}

async function readAll(): Promise<void> {
  const hash = createHash('sha256')
  for await (const line of createInterface({
    input: createReadStream(join(folder, 'dataset.jsonl')),
    crlfDelay: Infinity,
  }))
    hash.update((JSON.parse(line) as JudgedSample).sample_id)
}

async function readSamples(file: string): Promise<JudgedSample[]> {
  const samples: JudgedSample[] = []
  for await (const line of createInterface({input: createReadStream(file), crlfDelay: Infinity}))
    samples.push(JSON.parse(line) as JudgedSample)
  return samples
}

/** Of all threads: what other work on the machine does not change. */
function cpuSeconds(before: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
