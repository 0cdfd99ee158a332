// How fast the source readers are, as a ratio to JSON.parse, and how much memory they take:
//
//   node bench/read-sources.ts [--size MB] [--rounds N] [--data FOLDER]
//
// Writes a Telethon array and a Telegram Desktop export of the given size (1,000 MB) into a temporary folder, from the real
// channels of ../shared/data with changed ids and dates, and deletes them in the end. Each reading is a child process of its
// own, pinned to one core where `taskset` is there. Baseline: JSON.parse alone, over the same messages as text already in
// memory, in the largest pieces possible (a string of V8 holds 2^29 - 24 characters, which 1 GB exceeds). Baseline and readers
// take turns; a ratio is that of the medians. 1 MB is 10^6 bytes. Processor time is told too, for machines with other work.
import {spawnSync} from 'node:child_process'
import {closeSync, mkdtempSync, openSync, readSync, rmSync} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {readSource} from '../plugins/dataset/dist/adapters/sources/read-source.js'
import {writeDesktopExport, writeTelethonArray, type WrittenSource} from './sources/write-sources.ts'

interface Measured {
  seconds: number
  /** Of all threads together: what the clock would show on one core with nothing else to do. */
  cpuSeconds: number
  megabytes: number
  posts: number
}

const LIMITS = {ratio: 0.4, megabytes: 200}
const SAMPLES = fileURLToPath(new URL('../../shared/data/telegram/telethon-lite', import.meta.url))

const {values: flags} = parseArgs({
  options: {
    size: {type: 'string', default: '1000'},
    rounds: {type: 'string', default: '3'},
    data: {type: 'string', default: SAMPLES},
    child: {type: 'string'},
    source: {type: 'string', default: '{}'},
  },
})

const READINGS: Record<string, (source: WrittenSource) => Promise<Measured>> = {
  'JSON.parse': parsePieces,
  'in batches': readBatches,
  'post by post': readPostByPost,
}

if (flags.child === undefined) benchmark()
else console.log(JSON.stringify(await READINGS[flags.child]?.(JSON.parse(flags.source) as WrittenSource)))

function benchmark(): void {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))
  const pin = pinToOneCore()
  console.log(
    `Node ${process.version}, ${pin.length > 0 ? 'on one core' : 'not pinned (no taskset)'}, ${flags.rounds} rounds`,
  )
  try {
    for (const write of [writeTelethonArray, writeDesktopExport]) {
      const source = write(folder, flags.data, Number(flags.size))
      report(source, measureInTurns(source, pin))
      rmSync(source.file)
    }
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

function measureInTurns(source: WrittenSource, pin: string[]): Map<string, Measured[]> {
  const measured = new Map<string, Measured[]>(Object.keys(READINGS).map(name => [name, []]))
  for (let round = 0; round < Number(flags.rounds); round++)
    for (const [name, runs] of measured) runs.push(runChild(name, source, pin))
  return measured
}

function runChild(name: string, source: WrittenSource, pin: string[]): Measured {
  // The baseline holds all that it has parsed; the readers get what Node gives.
  const heap = name === 'JSON.parse' ? ['--max-old-space-size=12000'] : []
  const script = [...heap, import.meta.filename, '--child', name, '--source', JSON.stringify(source)]
  const [command = '', ...args] = [...pin, process.execPath, ...script]
  const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8'})
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return JSON.parse(stdout) as Measured
}

function report({title, megabytes}: WrittenSource, measured: Map<string, Measured[]>): void {
  console.log(`\n${title}, ${megabytes.toFixed(0)} MB`)
  const baseline = medians(measured.get('JSON.parse') ?? [])
  for (const [name, runs] of measured) {
    const {seconds, cpuSeconds} = medians(runs)
    const ratio = baseline.seconds / seconds
    const peak = Math.max(...runs.map(run => run.megabytes))
    const speed = `${(megabytes / seconds).toFixed(0).padStart(4)} MB/s, ratio ${ratio.toFixed(2)}`
    const cpu = `${(baseline.cpuSeconds / cpuSeconds).toFixed(2)} by processor time`
    const memory = `at most ${peak.toFixed(0)} MB RSS`
    console.log(`${name.padEnd(13)} ${speed} (${cpu}), ${memory}, ${runs[0]?.posts} posts${verdict(name, ratio, peak)}`)
  }
}

function verdict(name: string, ratio: number, megabytes: number): string {
  if (name === 'JSON.parse') return ''
  return ratio > LIMITS.ratio && megabytes < LIMITS.megabytes
    ? ''
    : `  <- aim: ratio above ${LIMITS.ratio}, under ${LIMITS.megabytes} MB`
}

async function readBatches({file}: WrittenSource): Promise<Measured> {
  return await measure(async () => {
    let posts = 0
    for await (const batch of readSource(file)) posts += batch.length
    return posts
  })
}

async function readPostByPost({file}: WrittenSource): Promise<Measured> {
  return await measure(async () => {
    let posts = 0
    for await (const post of postByPost(file)) if (post.text !== '') posts += 1
    return posts
  })
}

async function* postByPost(file: string) {
  for await (const batch of readSource(file)) yield* batch
}

async function measure(read: () => Promise<number>): Promise<Measured> {
  const watch = startWatch()
  const posts = await read()
  return {...watch(), posts, megabytes: peakMegabytes()}
}

async function parsePieces({file, pieces}: WrittenSource): Promise<Measured> {
  const sum: Measured = {seconds: 0, cpuSeconds: 0, posts: 0, megabytes: 0}
  for (const [from, to] of pieces) {
    const text = `[${textOf(file, from, to)}]`
    // The brackets were added to a rope: this makes it one flat string before the clock starts.
    text.charCodeAt(0)
    const watch = startWatch()
    sum.posts += (JSON.parse(text) as unknown[]).length
    const {seconds, cpuSeconds} = watch()
    sum.seconds += seconds
    sum.cpuSeconds += cpuSeconds
  }
  return {...sum, megabytes: peakMegabytes()}
}

function startWatch(): () => {seconds: number; cpuSeconds: number} {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const {user, system} = process.cpuUsage(cpu)
    return {seconds: (performance.now() - wall) / 1000, cpuSeconds: (user + system) / 1e6}
  }
}

function textOf(file: string, from: number, to: number): string {
  const handle = openSync(file, 'r')
  const bytes = Buffer.alloc(to - from)
  readSync(handle, bytes, 0, bytes.length, from)
  closeSync(handle)
  return bytes.toString('utf8')
}

function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6
}

function pinToOneCore(): string[] {
  const pin = ['taskset', '-c', String(availableParallelism() - 1)]
  return spawnSync('taskset', [...pin.slice(1), 'true']).status === 0 ? pin : []
}

function medians(runs: Measured[]): {seconds: number; cpuSeconds: number} {
  return {seconds: median(runs.map(run => run.seconds)), cpuSeconds: median(runs.map(run => run.cpuSeconds))}
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
