import type {Qrels} from '../measures/ranking/judgements.js'
import type {CorpusDocument, Query} from './corpus.js'
import {type FileLine, lineError} from './file-line.js'
import {QrelsBuilder} from './trec.js'
import {errorMessage} from '@ep23/sdk'
import {message} from '../words/words.js'

const CODE = 'RAG_BEIR_UNREADABLE'

/**
 * Documents of a BEIR `corpus.jsonl`: `{"_id", "title"?, "text"}` a line; title and text are joined by a line break.
 * @throws Ep23Error RAG_BEIR_UNREADABLE (65) with file and line: no JSON object, a missing or empty `_id`, a missing text,
 * an id that occurs twice.
 */
export function* readBeirCorpus(lines: Iterable<FileLine>): Generator<CorpusDocument> {
  for (const {id, title, text} of records(lines)) yield {id, text: title === '' ? text : `${title}\n${text}`}
}

/** Queries of a BEIR `queries.jsonl`: `{"_id", "text"}` a line. @throws as `readBeirCorpus` */
export function* readBeirQueries(lines: Iterable<FileLine>): Generator<Query> {
  for (const {id, text} of records(lines)) yield {id, text}
}

/**
 * Judgements of a BEIR `qrels/*.tsv`: a header line `query-id corpus-id score`, then three tab-separated columns.
 * @throws Ep23Error RAG_QRELS_UNREADABLE (65) with file and line.
 */
export function readBeirQrels(lines: Iterable<FileLine>): Qrels {
  const builder = new QrelsBuilder()
  for (const line of lines) {
    const columns = line.text.split('\t').map(column => column.trim())
    if (columns.length !== 3) throw wrongColumns(line, columns.length)
    const [query, document, relevance] = columns as [string, string, string]
    if (!isHeader(line, relevance)) builder.add(line, query, document, relevance)
  }
  return builder.qrels
}

function isHeader({number}: FileLine, relevance: string): boolean {
  return number === 1 && relevance === 'score'
}

function wrongColumns(line: FileLine, found: number): Error {
  return lineError('RAG_QRELS_UNREADABLE', line, message('beirColumns', {found}), [message('beirColumnsAre')])
}

interface BeirRecord {
  id: string
  title: string
  text: string
}

function* records(lines: Iterable<FileLine>): Generator<BeirRecord> {
  const seen = new Set<string>()
  for (const line of lines) {
    const record = readRecord(line)
    if (seen.has(record.id)) throw lineError(CODE, line, message('idTwice', {id: record.id}))
    seen.add(record.id)
    yield record
  }
}

function readRecord(line: FileLine): BeirRecord {
  const {_id, title = '', text} = parseObject(line)
  if (typeof _id !== 'string' || _id === '') throw lineError(CODE, line, message('idNotString'))
  if (typeof text !== 'string') throw lineError(CODE, line, message('textNotString', {id: _id}))
  if (typeof title !== 'string') throw lineError(CODE, line, message('titleNotString', {id: _id}))
  return {id: _id, title, text}
}

function parseObject(line: FileLine): Record<string, unknown> {
  const value = parseJson(line)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw lineError(CODE, line, message('lineNotObject'))
}

function parseJson(line: FileLine): unknown {
  try {
    return JSON.parse(line.text)
  } catch (error) {
    throw lineError(CODE, line, message('lineNotJson', {problem: errorMessage(error)}))
  }
}

const QUERIES_CODE = 'RAG_QUERIES_UNREADABLE'

/**
 * Queries as `id<TAB>text` lines, the form of MS MARCO and TREC deep learning.
 * @throws Ep23Error RAG_QUERIES_UNREADABLE (65) with file and line: no tab, an empty id or text, an id that occurs twice.
 */
export function* readTsvQueries(lines: Iterable<FileLine>): Generator<Query> {
  const seen = new Set<string>()
  for (const line of lines) {
    const [id = '', text = ''] = line.text.split(/\t(.*)/su).map(column => column.trim())
    if (id === '' || text === '') throw lineError(QUERIES_CODE, line, message('lineNeither'), [message('queriesAre')])
    if (seen.has(id)) throw lineError(QUERIES_CODE, line, message('queryIdTwice', {id}))
    seen.add(id)
    yield {id, text}
  }
}
