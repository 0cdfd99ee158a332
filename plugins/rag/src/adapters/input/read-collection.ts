import {stat} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError, usageError} from '@ep23/sdk'

import {readBeirCorpus, readBeirQrels, readBeirQueries} from '../../formats/beir.js'
import type {CorpusDocument, Query, TestCollection} from '../../formats/corpus.js'
import {fileLines} from '../../formats/file-line.js'
import {readSquad} from '../../formats/squad.js'
import {readTrecQrels} from '../../formats/trec-qrels.js'
import {readTsvQueries} from '../../formats/tsv-queries.js'
import type {Qrels} from '../../measures/ranking/judgements.js'
import {readText} from './read-text.js'

/** A SQuAD-like file: documents, queries and judgements in one. */
export async function readSquadFile(path: string): Promise<TestCollection> {
  return readSquad(path, await readText(path, 'SQuAD-like questions'))
}

/** Queries as BEIR JSON Lines, or as `id<TAB>text` lines. */
export async function readQueriesFile(path: string): Promise<Query[]> {
  const text = await readText(path, 'queries')
  const lines = fileLines(path, text)
  const queries = [...(/^\uFEFF?\s*\{/u.test(text) ? readBeirQueries(lines) : readTsvQueries(lines))]
  if (queries.length === 0)
    throw nothingIn(path, 'queries', 'put them there as {"_id", "text"} or id<TAB>text, one a line')
  return queries
}

/** Judgements in TREC's four columns, or in BEIR's three with tabs. */
export async function readQrelsFile(path: string): Promise<Qrels> {
  const text = await readText(path, 'judgements')
  const isBeir = /^\uFEFF?[^\t\n]+\t[^\t\n]+\t[^\t\n]+$/mu.test(firstLine(text))
  const qrels = isBeir ? readBeirQrels(fileLines(path, text)) : readTrecQrels(fileLines(path, text))
  if (qrels.size === 0) throw nothingIn(path, 'judgements', 'make them: ep23 rag:label --queries FILE --qrels FILE')
  return qrels
}

/** A BEIR corpus: its file, or the folder with its `corpus.jsonl` or `corpus.jsonl.gz`. */
export async function readCorpus(path: string): Promise<CorpusDocument[]> {
  const file = await corpusFile(path)
  if (!(await isThere(file, 'file')))
    throw usageError(`there is no corpus ${file}`, [
      '--corpus takes a BEIR corpus.jsonl, the folder with it, or "store" for the posts of the stored digests',
    ])
  return [...readBeirCorpus(fileLines(file, await readText(file, 'the corpus')))]
}

function nothingIn(path: string, what: string, suggestion: string): Error {
  return badDataError('RAG_INPUT_EMPTY', `${path} holds no ${what}`, [suggestion])
}

function firstLine(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('\n'))).replace(/\r$/u, '') || text
}

async function corpusFile(path: string): Promise<string> {
  const isFolder = await isThere(path, 'folder')
  if (!isFolder) return path
  const packed = join(path, 'corpus.jsonl.gz')
  return (await isThere(packed, 'file')) ? packed : join(path, 'corpus.jsonl')
}

async function isThere(path: string, kind: 'folder' | 'file'): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return kind === 'folder' ? found?.isDirectory() === true : found?.isFile() === true
}
