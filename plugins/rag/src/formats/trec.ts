import type {Qrels, Run} from '../measures/ranking/judgements.js'
import {type FileLine, lineError} from './file-line.js'
import {badDataError, type Message} from '@ep23/sdk'
import {inTrecOrder} from '../retrieval/ranking.js'
import {message} from '../words/words.js'

/**
 * Reads TREC judgements, `query iteration document relevance` a line.
 * @throws Ep23Error RAG_QRELS_UNREADABLE (65) with file and line: wrong number of columns, a relevance that is not a whole
 * number, a document judged twice for one query.
 */
export function readTrecQrels(lines: Iterable<FileLine>): Qrels {
  const builder = new QrelsBuilder()
  for (const line of lines) {
    const columns = line.text.trim().split(/\s+/)
    if (columns.length !== 4) throw wrongColumns(line, columns.length)
    const [query, , document, relevance] = columns as [string, string, string, string]
    builder.add(line, query, document, relevance)
  }
  return builder.qrels
}

function wrongColumns(line: FileLine, found: number): Error {
  return lineError('RAG_QRELS_UNREADABLE', line, message('trecColumns', {found}), [message('trecColumnsAre')])
}

const QRELS_CODE = 'RAG_QRELS_UNREADABLE'
const COLUMNS = message('trecColumnsAre')

/** Collects judgements from lines and refuses what trec_eval refuses. */
export class QrelsBuilder {
  readonly #byQuery = new Map<string, Map<string, number>>()

  add(line: FileLine, query: string, document: string, relevance: string): void {
    const value = readInteger(relevance)
    if (value === undefined) throw lineError(QRELS_CODE, line, message('relevanceWhole', {relevance}), [COLUMNS])
    const judgements = this.#byQuery.get(query) ?? new Map<string, number>()
    if (judgements.has(document)) throw lineError(QRELS_CODE, line, message('judgedTwice', {document, query}))
    judgements.set(document, value)
    this.#byQuery.set(query, judgements)
  }

  get qrels(): Qrels {
    return this.#byQuery
  }
}

/** A whole number in decimal digits; undefined for anything else. */
function readInteger(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}

/**
 * The run as lines, without line breaks: queries in their order, documents best first, ranks from 1, scores with every digit
 * that a 64-bit number needs to be read back the same.
 * @param tag names the system that made the run.
 * @throws Ep23Error RAG_RUN_UNWRITABLE (65) for an id or tag that is empty or holds white space.
 */
export function* printTrecRun(run: Run, tag: string): Generator<string> {
  requirePlain(tag, message('runTag'))
  for (const [query, documents] of run) {
    requirePlain(query, message('queryId'))
    for (const [i, {id, score}] of inTrecOrder(documents).entries()) {
      yield `${query} Q0 ${requirePlain(id, message('documentId'))} ${i + 1} ${score} ${tag}`
    }
  }
}

/** Whether a line of TREC can hold it: the formats have no quoting. */
export function isPlainId(id: string): boolean {
  return /^\S+$/u.test(id)
}

function requirePlain(name: string, what: Message): string {
  if (isPlainId(name)) return name
  throw badDataError('RAG_RUN_UNWRITABLE', message('notInTrec', {what, name: JSON.stringify(name)}), [
    message('trecIds'),
  ])
}
