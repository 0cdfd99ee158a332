import {badDataError, type Runtime, inTurns} from '@ep23/sdk'
import {indexPath, savedIndex, storedPosts} from '../../adapters/stored-corpus.js'
import {readCorpus} from '../../adapters/collection-files.js'
import {analyserOf, type RetrievalLanguage} from '../../retrieval/language.js'
import type {CorpusDocument} from '../../formats/corpus.js'
import {type Bm25Parameters, Bm25Searcher} from '../../retrieval/bm25-searcher.js'
import {indexing, type IndexedText, type IndexingResult} from '../../retrieval/index-documents.js'
import {foldChunks, chunkPost} from '../../retrieval/chunks.js'
import type {Search} from '../../retrieval/fusion.js'
import type {ScoredDocument} from '../../retrieval/ranking.js'

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

export async function corpusOfDocuments(
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
  requireSome(chunks, `the store ${store.location}`)
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

function requireSome(documents: readonly unknown[], source: string): void {
  if (documents.length === 0)
    throw badDataError('RAG_CORPUS_EMPTY', `${source} holds no documents to search`, [
      'fill the store: ep23 dataset:seed',
      'or name a corpus: --corpus DIR',
    ])
}
