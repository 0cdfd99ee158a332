import {badDataError, type Runtime, usageError} from '@ep23/sdk'

import {readQrelsFile, readQueriesFile, readSquadFile} from '../../adapters/collection-files.js'
import type {RetrievalLanguage} from '../../retrieval/language.js'
import type {Query} from '../../formats/corpus.js'
import type {Qrels} from '../../measures/ranking/judgements.js'
import {type Corpus, corpusOfDocuments, openCorpus} from './open-corpus.js'

export interface CollectionFlags {
  squad: string | undefined
  queries: string | undefined
  qrels: string | undefined
  corpus: string | undefined
  language: RetrievalLanguage
  'max-missing': number
}

export interface Collection {
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
export async function openCollection(flags: CollectionFlags, runtime: Runtime): Promise<Collection> {
  const files =
    flags.squad === undefined ? await openFiles(flags, runtime) : await openSquad(flags.squad, flags, runtime)
  const collection = {...files, relevant: relevantDocuments(files)}
  refuseMissing(collection, flags['max-missing'])
  if (collection.queries.some(({id}) => collection.qrels.has(id))) return collection
  throw badDataError('RAG_NOTHING_JUDGED', 'no query has a judgement: the ids of queries and judgements do not meet', [
    'check that both files belong together',
  ])
}

function relevantDocuments({corpus, qrels}: Files): RelevantDocuments {
  const ids = new Set(
    [...qrels.values()].flatMap(judged => [...judged].flatMap(([id, grade]) => (grade > 0 ? [id] : []))),
  )
  return {judged: ids.size, missing: [...ids].filter(id => !corpus.has(id)).length}
}

function refuseMissing({relevant: {judged, missing}, corpus}: Collection, limit: number): void {
  if (judged === 0 || missing / judged <= limit) return
  throw badDataError(
    'RAG_DOCUMENTS_MISSING',
    `${missing} of ${judged} relevant documents are not in the corpus ${corpus.source} (at most ${limit * 100} % may be missing): the measures would be those of another corpus`,
    [
      'check that judgements and corpus belong together: a post of the store is <channel>/<post_id>',
      'or allow more with --max-missing',
    ],
  )
}

type Files = Omit<Collection, 'relevant'>

async function openSquad(
  path: string,
  {queries, qrels, corpus, language}: CollectionFlags,
  {signal}: Runtime,
): Promise<Files> {
  if (queries !== undefined || qrels !== undefined || corpus !== undefined)
    throw usageError('--squad brings queries, judgements and corpus itself', [
      'leave out --queries, --qrels and --corpus',
    ])
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
    ? usageError('what is to be evaluated is not said', ['give --queries FILE and --qrels FILE, or --squad FILE'])
    : usageError(`${missing} is missing: queries and their judgements are needed together`, [
        `give ${missing} FILE`,
        'without judgements yet: ep23 rag:label --queries FILE --qrels FILE',
      ])
}
