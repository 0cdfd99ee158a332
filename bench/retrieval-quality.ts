// What each part of retrieval brings, as nDCG@10 with its 95 % interval over queries and the paired gain over the defaults:
//
//   node bench/retrieval-quality.ts [--data FOLDER]
//
// Russian questions about Wikipedia paragraphs (XQuAD), titles of real Telegram posts as queries for the rest of the post (every
// seventh post that has both), and Cranfield in English. The defaults were chosen on all three together; no k1 and b is best on each.
import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {stripMarkup} from '@ep23/plugin-dataset/text'

import {parseMeasure} from '../plugins/rag/dist/formats/measure-notation.js'
import {readSquad} from '../plugins/rag/dist/formats/squad.js'
import {differenceInterval, type Estimate, scoreInterval} from '@ep23/statistics'
import {evaluateRun} from '../plugins/rag/dist/measures/ranking/evaluate-run.js'
import {englishAnalyser, type EnglishAnalyserOptions} from '../plugins/rag/dist/retrieval/analysers.js'
import {russianAnalyser, type RussianAnalyserOptions} from '../plugins/rag/dist/retrieval/analysers.js'
import {BM25_DEFAULTS, Bm25Searcher} from '../plugins/rag/dist/retrieval/bm25-searcher.js'
import {indexDocuments} from '../plugins/rag/dist/retrieval/index-documents.js'
import {readCranfield} from '../plugins/rag/test/collections/cranfield.ts'
import {readShared} from '../plugins/rag/test/collections/shared-data.ts'

type Collection = ReturnType<typeof readSquad>
type Analyser = ReturnType<typeof russianAnalyser>

const SAMPLES = fileURLToPath(new URL('../../shared/data/telegram/telethon-lite', import.meta.url))
const {values: flags} = parseArgs({options: {data: {type: 'string', default: SAMPLES}}})

const RUSSIAN: Record<string, RussianAnalyserOptions> = {
  'stems + 4 letters (default)': {},
  words: {stem: false, prefixLength: 0},
  stems: {prefixLength: 0},
  'words + 4 letters': {stem: false, prefixLength: 4},
  'stems + 3 letters': {prefixLength: 3},
  'stems + 5 letters': {prefixLength: 5},
  'default with stop words': {stopWords: false},
}
const ENGLISH: Record<string, EnglishAnalyserOptions> = {
  'Porter stems (default)': {},
  words: {stem: false},
  'default with stop words': {stopWords: false},
}
const KNOBS = [
  {k1: 0.6, b: 0.75},
  {k1: 1.2, b: 0.75},
  {k1: 1.5, b: 0.75},
  {k1: 0.9, b: 0.4},
  {k1: 0.9, b: 0.9},
]

const xquad = readSquad('xquad.ru.subset.json', readShared('xquad_ru/xquad.ru.subset.json'))
compare('XQuAD in Russian', xquad, RUSSIAN, russianAnalyser)
compare('titles of Telegram posts', readTitles(), RUSSIAN, russianAnalyser)
compare('Cranfield in English', readCranfield(), ENGLISH, englishAnalyser)

function compare<Options>(
  title: string,
  collection: Collection,
  analysers: Record<string, Options>,
  make: (options?: Options) => Analyser,
): void {
  console.log(`\n${title}: ${collection.documents.length} documents, ${collection.qrels.size} queries`)
  const baseline = ndcgOf(collection, make())
  for (const [name, options] of Object.entries(analysers)) report(name, ndcgOf(collection, make(options)), baseline)
  for (const knobs of KNOBS) report(`k1 ${knobs.k1}, b ${knobs.b}`, ndcgOf(collection, make(), knobs), baseline)
}

function ndcgOf({documents, queries, qrels}: Collection, analyser: Analyser, knobs = BM25_DEFAULTS): Float64Array {
  const searcher = new Bm25Searcher(indexDocuments(documents, analyser).index, analyser, knobs)
  const run = new Map(queries.map(({id, text}) => [id, searcher.search(text, 10)]))
  return evaluateRun(qrels, run, [parseMeasure('nDCG@10')]).values[0] ?? new Float64Array()
}

function report(name: string, values: Float64Array, baseline: Float64Array): void {
  const gains = values.map((value, i) => value - (baseline[i] ?? 0))
  const gain = gains.some(value => value !== 0) ? `, against the default ${shown(differenceInterval([...gains]))}` : ''
  console.log(`  ${name.padEnd(28)} ${shown(scoreInterval([...values]))}${gain}`)
}

function shown({estimate = Number.NaN, low = Number.NaN, high = Number.NaN}: Estimate): string {
  return `${estimate.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}

/** The first line of a post asks for the lines after it; a title that occurs twice is left out. */
function readTitles(): Collection {
  const posts = readPosts().filter(({title, body}) => title.length >= 25 && title.length <= 160 && body.length >= 200)
  const distinct = [...new Map(posts.map(post => [post.title, post])).values()]
  const asked = distinct.filter((_, i) => i % 7 === 0)
  return {
    documents: distinct.map(({id, body}) => ({id, text: body})),
    queries: asked.map(({id, title}) => ({id, text: title})),
    qrels: new Map(asked.map(({id}) => [id, new Map([[id, 1]])])),
  }
}

function readPosts(): {id: string; title: string; body: string}[] {
  const files = readdirSync(flags.data).filter(name => name.endsWith('.json'))
  return files.toSorted().flatMap(name => {
    const messages = JSON.parse(readFileSync(join(flags.data, name), 'utf8')) as {message_id: number; text: string}[]
    return messages.map(({message_id: number, text}) => {
      const [title = '', ...rest] = stripMarkup(text)
        .text.split('\n')
        .filter(line => line.trim() !== '')
      return {id: `${name}/${number}`, title, body: rest.join('\n')}
    })
  })
}
