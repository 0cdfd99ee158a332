// BM25 over many posts, texts to index and queries to the ten best, beside other engines. bm25s and rank-bm25 have one term a word,
// ep23 two (stem and prefix), MiniSearch one without stems. MiniSearch sorts all that match: it has no other way.
import MiniSearch from 'minisearch'

import {russianAnalyser} from '../../plugins/rag/dist/retrieval/analysers.js'
import {Bm25Searcher} from '../../plugins/rag/dist/retrieval/bm25-searcher.js'
import {indexDocuments} from '../../plugins/rag/dist/retrieval/index-documents.js'
import {type Contest, type Contestant, cpuSeconds, perCpuSecond} from '../harness/contest.ts'
import {inputFile, pythonContestant, type Setting, withBaseline} from '../harness/setting.ts'
import {type Corpus, makeCorpus} from '../sources/made-up-posts.ts'

const POSTS = 20_000
/** MiniSearch and rank-bm25 take minutes at this size. */
const MANY_POSTS = 100_000
const QUERIES = 200

export function retrievalContests(setting: Setting): Contest[] {
  const corpus = setting.small ? makeCorpus(50, 5) : makeCorpus(setting.large ? MANY_POSTS : POSTS, QUERIES)
  const texts = {posts: corpus.posts.map(({text}) => text), queries: corpus.queries}
  const input = inputFile(setting, 'corpus', texts)
  const python = (name: string, packages: readonly string[], task: string) =>
    pythonContestant(setting.peers, {name, packages, task, input})
  const size = corpus.posts.length.toLocaleString('en-US')
  return [
    withBaseline({
      name: `BM25 index of ${size} posts`,
      unit: 'CPU s',
      better: 'lower',
      baseline: 'bm25s',
      aim: 1,
      contestants: [
        {name: 'ep23', measure: () => cpuSeconds(() => indexed(corpus))},
        ...python('bm25s', ['bm25s', 'PyStemmer'], 'bm25s_index'),
        ...python('rank-bm25, words as they are', ['rank-bm25'], 'rank_bm25_index'),
        {name: 'MiniSearch, words as they are', measure: () => cpuSeconds(() => miniSearch(corpus))},
      ],
    }),
    withBaseline({
      name: `BM25 queries of ${size} posts`,
      unit: 'queries per CPU second',
      better: 'higher',
      baseline: 'bm25s with numba',
      aim: 1,
      contestants: [
        ourQueries(corpus),
        ...python('bm25s with numba', ['bm25s', 'PyStemmer', 'numba'], 'bm25s_numba_queries'),
        ...python('bm25s', ['bm25s', 'PyStemmer'], 'bm25s_queries'),
        ...python('rank-bm25', ['rank-bm25'], 'rank_bm25_queries'),
        theirQueries(corpus),
      ],
    }),
  ]
}

function indexed({posts}: Corpus): Bm25Searcher {
  const analyser = russianAnalyser()
  return new Bm25Searcher(indexDocuments(posts, analyser).index, analyser)
}

function ourQueries(corpus: Corpus): Contestant {
  let searcher: Bm25Searcher | undefined
  const ask = (query: string) => (searcher ??= indexed(corpus)).search(query, 10)
  return {name: 'ep23', measure: () => perCpuSecond(corpus.queries.length, () => corpus.queries.map(ask))}
}

function miniSearch({posts}: Corpus): MiniSearch {
  const engine = new MiniSearch({fields: ['text']})
  engine.addAll(posts)
  return engine
}

function theirQueries(corpus: Corpus): Contestant {
  let engine: MiniSearch | undefined
  const queries = corpus.queries.slice(0, 10)
  const ask = (query: string) => (engine ??= miniSearch(corpus)).search(query).slice(0, 10)
  return {name: 'MiniSearch', measure: () => perCpuSecond(queries.length, () => queries.map(ask))}
}
