// BM25 over many posts: index time, queries per second and memory as ratios to MiniSearch on the same corpus in one run:
//
//   node bench/bm25.ts [--posts N] [--queries N] [--rounds N] [--data FOLDER]
//
// The posts (100,000) are put together from lines of the real channels in ../shared/data, each as many lines as a real post
// has; the queries (200) are 2 to 6 neighbouring words of real posts. Two baselines: MiniSearch as it comes (its own tokens,
// no stems, so it does less), and MiniSearch given the same words and terms (the same work). Each engine runs in a process of its own,
// pinned to one core where `taskset` is there; they take turns, a ratio is that of the medians. Times are the process's own CPU time,
// which other work on the machine disturbs least. Ours returns the 10 best, MiniSearch all that match: it has no other way.
// Memory is what the index adds to the heap and to array buffers, after a collection.
import {spawnSync} from 'node:child_process'
import {readFileSync, readdirSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {stripMarkup} from '@ep23/plugin-dataset/text'
import MiniSearch from 'minisearch'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {mersenne} from 'pure-rand/generator/mersenne'

import {russianAnalyser} from '../plugins/rag/dist/retrieval/analysers.js'
import {Bm25Searcher} from '../plugins/rag/dist/retrieval/bm25-searcher.js'
import {decodeIndex, encodeIndex} from '../plugins/rag/dist/retrieval/index-codec.js'
import {indexDocuments} from '../plugins/rag/dist/retrieval/index-documents.js'

interface Post {
  id: string
  text: string
}

interface Corpus {
  posts: Post[]
  queries: string[]
}

interface Measured {
  indexSeconds: number
  queriesPerSecond: number
  megabytes: number
  note?: string
}

const AIM = 2
const SAMPLES = fileURLToPath(new URL('../../shared/data/telegram/telethon-lite', import.meta.url))

const {values: flags} = parseArgs({
  options: {
    posts: {type: 'string', default: '100000'},
    queries: {type: 'string', default: '200'},
    rounds: {type: 'string', default: '3'},
    data: {type: 'string', default: SAMPLES},
    child: {type: 'string'},
  },
})

const ENGINES: Record<string, (corpus: Corpus) => Measured> = {
  ep23: measureOurs,
  'MiniSearch as it comes': corpus => measureMiniSearch(corpus, new MiniSearch({fields: ['text']})),
  'MiniSearch, same terms': corpus => measureMiniSearch(corpus, miniSearchWithOurTerms()),
}

const engine = flags.child === undefined ? undefined : ENGINES[flags.child]
if (engine === undefined) benchmark()
else console.log(JSON.stringify(engine(makeCorpus(Number(flags.posts), Number(flags.queries)))))

function benchmark(): void {
  const pin = pinToOneCore()
  console.log(`Node ${process.version}, ${flags.posts} posts, ${flags.queries} queries, ${flags.rounds} rounds`)
  const measured = new Map<string, Measured[]>(Object.keys(ENGINES).map(name => [name, []]))
  for (let round = 0; round < Number(flags.rounds); round++)
    for (const [name, runs] of measured) runs.push(runChild(name, pin))
  const ours = medians(measured.get('ep23') ?? [])
  for (const [name, runs] of measured) report(name, medians(runs), ours)
}

function report(name: string, it: Measured, ours: Measured): void {
  const figures = [
    `index ${it.indexSeconds.toFixed(2)} s`,
    `${it.queriesPerSecond.toFixed(0)} queries/s`,
    `${it.megabytes.toFixed(0)} MB`,
  ]
  console.log(`\n${name.padEnd(23)} ${figures.join(', ')}${it.note === undefined ? '' : `; ${it.note}`}`)
  if (name === 'ep23') return
  const ratios = [it.indexSeconds / ours.indexSeconds, ours.queriesPerSecond / it.queriesPerSecond]
  const memory = `memory ${(ours.megabytes / it.megabytes).toFixed(2)} of it`
  const verdict = ratios.every(ratio => ratio >= AIM) ? '' : `  <- aim: both ${AIM}x`
  console.log(
    `  ep23 against it: index ${ratios[0]?.toFixed(1)}x, queries ${ratios[1]?.toFixed(1)}x, ${memory}${verdict}`,
  )
}

function measureOurs({posts, queries}: Corpus): Measured {
  const analyser = russianAnalyser()
  const before = usedMegabytes()
  const clock = stopwatch()
  const {index} = indexDocuments(posts, analyser)
  const searcher = new Bm25Searcher(index, analyser)
  const indexSeconds = clock()
  const megabytes = usedMegabytes() - before
  const queriesPerSecond = rate(queries, query => searcher.search(query, 10))
  return {indexSeconds, queriesPerSecond, megabytes, note: describeFile(posts, index)}
}

function describeFile(posts: Post[], index: Parameters<typeof encodeIndex>[0]): string {
  const clock = stopwatch()
  const bytes = encodeIndex(index)
  const saved = clock()
  const loaded = decodeIndex(bytes, 'index')
  const read = clock()
  indexDocuments(posts, russianAnalyser(), loaded)
  const times = [`encoded in ${saved.toFixed(2)} s`, `decoded in ${read.toFixed(2)} s`]
  return `as a file ${(bytes.length / 1e6).toFixed(0)} MB, ${times.join(', ')}, updated without changes in ${clock().toFixed(2)} s`
}

/** Seconds of CPU time since the last call. */
function stopwatch(): () => number {
  let last = process.cpuUsage()
  return () => {
    const {user, system} = process.cpuUsage(last)
    last = process.cpuUsage()
    return (user + system) / 1e6
  }
}

function miniSearchWithOurTerms(): MiniSearch<Post> {
  const analyser = russianAnalyser()
  return new MiniSearch({
    fields: ['text'],
    tokenize: text => analyser.tokens(text),
    processTerm: token => analyser.words(token).flatMap(word => word.map(({term}) => term)),
  })
}

function measureMiniSearch({posts, queries}: Corpus, engine: MiniSearch<Post>): Measured {
  const before = usedMegabytes()
  const clock = stopwatch()
  engine.addAll(posts)
  const indexSeconds = clock()
  const megabytes = usedMegabytes() - before
  return {indexSeconds, queriesPerSecond: rate(queries, query => engine.search(query).slice(0, 10)), megabytes}
}

/** Asks all queries, again and again until a second has passed. */
function rate(queries: string[], search: (query: string) => unknown[]): number {
  for (const query of queries.slice(0, 20)) search(query)
  const clock = stopwatch()
  let [asked, found, seconds] = [0, 0, 0]
  while (seconds < 1) {
    for (const query of queries) found += search(query).length
    asked += queries.length
    seconds += clock()
  }
  if (found === 0) throw new Error('the queries found nothing')
  return asked / seconds
}

function makeCorpus(count: number, queryCount: number): Corpus {
  const texts = realTexts()
  const lines = texts.flatMap(text => text.split('\n').filter(line => line.trim() !== ''))
  const random = mersenne(1)
  const draw = (from: readonly string[]): string => from[uniformInt(random, 0, from.length - 1)] ?? ''
  const posts = Array.from({length: count}, (_, i) => {
    const length = draw(texts)
      .split('\n')
      .filter(line => line.trim() !== '').length
    return {id: `channel/${i}`, text: flat(Array.from({length}, () => draw(lines)).join('\n'))}
  })
  const queries = Array.from({length: queryCount}, () => {
    const words = draw(texts).match(/[\p{L}\p{N}-]+/gu) ?? ['новости']
    const start = uniformInt(random, 0, words.length - 1)
    return words.slice(start, start + uniformInt(random, 2, 6)).join(' ')
  })
  return {posts, queries}
}

/** A joined string is a tree of its parts until it is first read; that must not count as the index's time and memory. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}

function realTexts(): string[] {
  const files = readdirSync(flags.data).filter(name => name.endsWith('.json'))
  return files.toSorted().flatMap(name => {
    const messages = JSON.parse(readFileSync(join(flags.data, name), 'utf8')) as {text: string}[]
    return messages.map(({text}) => stripMarkup(text).text)
  })
}

function usedMegabytes(): number {
  // Array buffers are freed one collection after what held them.
  globalThis.gc?.()
  globalThis.gc?.()
  const {heapUsed, arrayBuffers} = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

function runChild(name: string, pin: string[]): Measured {
  const options = ['--posts', flags.posts, '--queries', flags.queries, '--data', flags.data, '--child', name]
  const script = ['--expose-gc', '--max-old-space-size=12000', import.meta.filename, ...options]
  const [command = '', ...args] = [...pin, process.execPath, ...script]
  const {status, stdout, stderr} = spawnSync(command, args, {encoding: 'utf8'})
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return JSON.parse(stdout) as Measured
}

function pinToOneCore(): string[] {
  const pin = ['taskset', '-c', String(availableParallelism() - 1)]
  return spawnSync('taskset', [...pin.slice(1), 'true']).status === 0 ? pin : []
}

function medians(runs: Measured[]): Measured {
  const median = (read: (run: Measured) => number) =>
    runs.map(read).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN
  return {
    ...runs[0],
    indexSeconds: median(run => run.indexSeconds),
    queriesPerSecond: median(run => run.queriesPerSecond),
    megabytes: median(run => run.megabytes),
  }
}
