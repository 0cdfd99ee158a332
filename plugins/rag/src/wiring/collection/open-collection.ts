import {badDataError, type Runtime, usageError} from '@ep23/sdk'

import {readQrelsFile, readQueriesFile, readSquadFile} from '../../adapters/input/read-collection.js'
import type {RetrievalLanguage} from '../../domain/retrieval-language.js'
import type {Query} from '../../formats/corpus.js'
import type {Qrels} from '../../measures/ranking/judgements.js'
import {type Corpus, corpusOfDocuments, openCorpus} from './open-corpus.js'

export interface CollectionFlags {
  squad: string | undefined
  queries: string | undefined
  qrels: string | undefined
  corpus: string | undefined
  language: RetrievalLanguage
}

export interface Collection {
  corpus: Corpus
  queries: Query[]
  qrels: Qrels
}

/** Queries, judgements and what is searched, as the flags name them. */
export async function openCollection(flags: CollectionFlags, runtime: Runtime): Promise<Collection> {
  const collection = flags.squad === undefined ? await openFiles(flags, runtime) : await openSquad(flags.squad, flags)
  if (collection.queries.some(({id}) => collection.qrels.has(id))) return collection
  throw badDataError('RAG_NOTHING_JUDGED', 'no query has a judgement: the ids of queries and judgements do not meet', [
    'check that both files belong together',
  ])
}

async function openSquad(path: string, {queries, qrels, corpus, language}: CollectionFlags): Promise<Collection> {
  if (queries !== undefined || qrels !== undefined || corpus !== undefined)
    throw usageError('--squad brings queries, judgements and corpus itself', [
      'leave out --queries, --qrels and --corpus',
    ])
  const {documents, ...rest} = await readSquadFile(path)
  return {...rest, corpus: corpusOfDocuments(path, documents, language)}
}

async function openFiles(flags: CollectionFlags, runtime: Runtime): Promise<Collection> {
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
