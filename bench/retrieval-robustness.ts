// How search bears questions as people type them, as nDCG@10 with its 95 % interval over queries and the paired loss:
//
//   node bench/retrieval-robustness.ts
//
// XQuAD in Russian as written, in its two halves of articles, in other case, without punctuation, with ё for е and the reverse, with
// one typing error in each question (seeded); and the partner of a news text about the same event, by title and by text.
import {mersenne} from 'pure-rand/generator/mersenne'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import {parseMeasure} from '../plugins/rag/dist/formats/measure-notation.js'
import {readSquad} from '../plugins/rag/dist/formats/squad.js'
import {differenceInterval, type Estimate, scoreInterval} from '@ep23/statistics'
import {evaluateRun} from '../plugins/rag/dist/measures/ranking/evaluate-run.js'
import {russianAnalyser} from '../plugins/rag/dist/retrieval/analysers.js'
import {Bm25Searcher} from '../plugins/rag/dist/retrieval/bm25-searcher.js'
import {indexDocuments} from '../plugins/rag/dist/retrieval/index-documents.js'
import {readPartners} from '../plugins/rag/test/collections/news-pairs.ts'
import {readShared} from '../plugins/rag/test/collections/shared-data.ts'

type Collection = ReturnType<typeof readSquad>
type Change = (text: string) => string

const LETTERS = 'абвгдежзийклмнопрстуфхцчшщъыьэюя'
const xquad = readSquad('xquad.ru.subset.json', readShared('xquad_ru/xquad.ru.subset.json'))
const baseline = ndcgOf(xquad)

console.log(`XQuAD in Russian: ${xquad.documents.length} documents, ${xquad.queries.length} questions`)
report('as written', baseline)
for (const half of [0, 1]) report(`articles of half ${half + 1}`, ndcgOf(halfOf(half)))
const CHANGES: Record<string, Change> = {
  'lower case': text => text.toLowerCase(),
  'upper case': text => text.toUpperCase(),
  'without punctuation': text => text.replaceAll(/[^\p{L}\p{N}\s]/gu, ' '),
  'ё as е': text => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е'),
  'е as ё': text => text.replaceAll('е', 'ё').replaceAll('Е', 'Ё'),
}
for (const [name, change] of Object.entries(CHANGES)) report(name, ndcgOf(changed(change)), baseline)
for (const kind of ['left out', 'doubled', 'replaced', 'swapped'] as const)
  report(`one letter ${kind}`, ndcgOf(changed(typo(kind))), baseline)

for (const by of ['title', 'text'] as const) {
  const partners = readPartners(by)
  console.log(`\nnews by ${by}: ${partners.documents.length} documents, ${partners.queries.length} queries`)
  report('partner found', ndcgOf(partners))
}

function changed(change: Change): Collection {
  return {...xquad, queries: xquad.queries.map(({id, text}) => ({id, text: change(text)}))}
}

function halfOf(half: number): Collection {
  const articleOf = (id: string) => [...(xquad.qrels.get(id)?.keys() ?? [''])][0]!.split('.')[0]!
  const articles = [...new Set(xquad.queries.map(({id}) => articleOf(id)))]
  const queries = xquad.queries.filter(({id}) => articles.indexOf(articleOf(id)) % 2 === half)
  return {...xquad, queries, qrels: new Map(queries.map(({id}) => [id, xquad.qrels.get(id)!]))}
}

/** One error in one word of five letters or more. */
function typo(kind: 'left out' | 'doubled' | 'replaced' | 'swapped'): Change {
  const random = mersenne(23)
  return text => {
    const words = [...text.matchAll(/[а-яё]{5,}/giu)]
    if (words.length === 0) return text
    const {index, 0: word} = words[uniformInt(random, 0, words.length - 1)]!
    const at = index + uniformInt(random, 0, word.length - 2)
    const letter = LETTERS[uniformInt(random, 0, LETTERS.length - 1)]!
    const [a, b] = [text[at]!, text[at + 1]!]
    const instead = {'left out': b, doubled: a + a + b, replaced: letter + b, swapped: b + a}[kind]
    return text.slice(0, at) + instead + text.slice(at + 2)
  }
}

function ndcgOf({documents, queries, qrels}: Collection): Float64Array {
  const analyser = russianAnalyser()
  const searcher = new Bm25Searcher(indexDocuments(documents, analyser).index, analyser)
  // A text does not find itself: what is judged below 0 is taken out.
  const run = new Map(
    queries.map(({id, text}) => [
      id,
      searcher.search(text, 20).filter(({id: document}) => (qrels.get(id)?.get(document) ?? 0) >= 0),
    ]),
  )
  return evaluateRun(qrels, run, [parseMeasure('nDCG@10')]).values[0] ?? new Float64Array()
}

function report(name: string, values: Float64Array, against?: Float64Array): void {
  const losses = against && values.map((value, i) => value - (against[i] ?? 0))
  const loss = losses?.some(value => value !== 0)
    ? `, difference ${shown(differenceInterval([...(losses ?? [])]))}`
    : ''
  console.log(`  ${name.padEnd(24)} ${shown(scoreInterval([...values]))}${loss}`)
}

function shown({estimate = Number.NaN, low = Number.NaN, high = Number.NaN}: Estimate): string {
  return `${estimate.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}
