import {badDataError, type Runtime, usageError, inTurns, type Text} from '@ep23/sdk'
import {readQrelsFile, readQueriesFile, readSquadFile, readCorpus} from '../adapters/collection-files.js'
import {type RetrievalLanguage, analyserOf} from '../retrieval/analysers.js'
import type {Query, CorpusDocument} from '../formats/corpus.js'
import type {Qrels} from '../measures/ranking/judgements.js'
import {indexPath, savedIndex, storedPosts} from '../adapters/stored-corpus.js'
import {type Bm25Parameters, Bm25Searcher} from '../retrieval/bm25-searcher.js'
import {indexing, type IndexedText, type IndexingResult} from '../retrieval/index-documents.js'
import {foldChunks, chunkPost} from '../retrieval/chunks.js'
import type {Search} from '../retrieval/fusion.js'
import type {ScoredDocument} from '../retrieval/ranking.js'
import type {CollectionFlags} from '../search-flags.js'
import {message} from '../words/words.js'

export interface RetrievalCollection {
  corpus: Corpus
  queries: Query[]
  qrels: Qrels
  relevant: RelevantDocuments
}

/** Documents that somebody judged relevant to a query. */
export interface RelevantDocuments {
  judged: number
  /** Those that the corpus lacks: no search can find them, and recall cannot reach 1. */
  missing: number
}

/** Queries, judgements and what is searched, as the flags name them. */
export async function openCollection(flags: CollectionFlags, runtime: Runtime): Promise<RetrievalCollection> {
  const files =
    flags.squad === undefined ? await openFiles(flags, runtime) : await openSquad(flags.squad, flags, runtime)
  const collection = {...files, relevant: relevantDocuments(files)}
  refuseMissing(collection, flags['max-missing'])
  if (collection.queries.some(({id}) => collection.qrels.has(id))) return collection
  throw badDataError('RAG_NOTHING_JUDGED', message('noIdInJudgements'), [message('checkFilesBelong')])
}

function relevantDocuments({corpus, qrels}: Files): RelevantDocuments {
  const ids = new Set(
    [...qrels.values()].flatMap(judged => [...judged].flatMap(([id, grade]) => (grade > 0 ? [id] : []))),
  )
  return {judged: ids.size, missing: [...ids].filter(id => !corpus.has(id)).length}
}

function refuseMissing({relevant: {judged, missing}, corpus}: RetrievalCollection, limit: number): void {
  if (judged === 0 || missing / judged <= limit) return
  throw badDataError(
    'RAG_DOCUMENTS_MISSING',
    message('relevantMissing', {missing, judged, source: corpus.source, percent: limit * 100}),
    [message('checkCorpusBelongs'), message('allowMissing')],
  )
}

type Files = Omit<RetrievalCollection, 'relevant'>

async function openSquad(
  path: string,
  {queries, qrels, corpus, language}: CollectionFlags,
  {signal}: Runtime,
): Promise<Files> {
  if (queries !== undefined || qrels !== undefined || corpus !== undefined)
    throw usageError(message('squadBrings'), [message('leaveOutOthers')])
  const {documents, ...rest} = await readSquadFile(path)
  return {...rest, corpus: await corpusOfDocuments(path, documents, {language, signal})}
}

async function openFiles(flags: CollectionFlags, runtime: Runtime): Promise<Files> {
  const {queries, qrels} = flags
  if (queries === undefined || qrels === undefined) throw notSaid(queries, qrels)
  return {
    queries: await readQueriesFile(queries),
    qrels: await readQrelsFile(qrels),
    corpus: await openCorpus(flags, runtime),
  }
}

function notSaid(queries: string | undefined, qrels: string | undefined): Error {
  const missing = queries === undefined ? (qrels === undefined ? undefined : '--queries') : '--qrels'
  return missing === undefined
    ? usageError(message('nothingToEvaluate'), [message('giveFiles')])
    : usageError(message('neededTogether', {missing}), [message('giveFile', {missing}), message('withoutJudgements')])
}

/** Documents that can be searched. */
export interface Corpus {
  source: string
  documents: number
  indexing: IndexingResult
  indexPath: string | null
  /** What is indexed: the documents themselves, or their chunks. */
  passages: readonly IndexedText[]
  /** A ranking of passages as one of documents. */
  toDocuments(passages: readonly ScoredDocument[]): readonly ScoredDocument[]
  /** Search by words with these parameters. */
  searcher(parameters: Bm25Parameters): Search
  textOf(id: string): string
  has(id: string): boolean
}

async function corpusOfDocuments(
  source: string,
  documents: readonly CorpusDocument[],
  {language, signal}: {language: RetrievalLanguage; signal: AbortSignal},
): Promise<Corpus> {
  requireSome(documents, source)
  const analyser = analyserOf(language)
  const result = await inTurns(indexing(documents, analyser), signal)
  const texts = new Map(documents.map(({id, text}) => [id, text]))
  return {
    source,
    documents: documents.length,
    indexing: result,
    indexPath: null,
    passages: documents,
    toDocuments: ranking => ranking,
    searcher(parameters) {
      const searcher = new Bm25Searcher(result.index, analyser, parameters)
      return (query, limit) => searcher.search(query, limit)
    },
    textOf: id => texts.get(id) ?? '',
    has: id => texts.has(id),
  }
}

/** What is searched, as the flags name it. */
export async function openCorpus(
  {corpus = 'store', language}: {corpus: string | undefined; language: RetrievalLanguage},
  runtime: Runtime,
): Promise<Corpus> {
  return corpus === 'store' ? corpusOfStore(runtime, language) : corpusOfFile(corpus, language, runtime.signal)
}

async function corpusOfFile(path: string, language: RetrievalLanguage, signal: AbortSignal): Promise<Corpus> {
  return corpusOfDocuments(path, await readCorpus(path), {language, signal})
}

/** The stored digests' posts; the index lies beside the store and only changed posts are analysed again. */
async function corpusOfStore({store, settings, signal}: Runtime, language: RetrievalLanguage): Promise<Corpus> {
  const posts = await storedPosts(store)
  const chunks = posts.flatMap(({id, text}) => chunkPost({id, text}))
  requireSome(chunks, message('theStore', {location: store.location}))
  const analyser = analyserOf(language)
  const saved = await savedIndex(indexPath(settings.store, language), chunks, {analyser, signal})
  const texts = new Map(posts.filter(({text}) => text.trim() !== '').map(({id, text}) => [id, text]))
  return {
    source: store.location,
    documents: texts.size,
    indexing: saved,
    indexPath: saved.path,
    passages: chunks,
    toDocuments: foldChunks,
    searcher(parameters) {
      const searcher = new Bm25Searcher(saved.index, analyser, parameters)
      // Every chunk that matches is looked at: a post with many chunks must not push others out.
      return (query, limit) => foldChunks(searcher.search(query, chunks.length)).slice(0, limit)
    },
    textOf: id => texts.get(id) ?? '',
    has: id => texts.has(id),
  }
}

function requireSome(documents: readonly unknown[], source: Text): void {
  if (documents.length === 0)
    throw badDataError('RAG_CORPUS_EMPTY', message('nothingToSearch', {source}), [
      message('fillStore'),
      message('orNameCorpus'),
    ])
}
