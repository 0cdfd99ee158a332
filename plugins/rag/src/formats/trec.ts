import type {Qrels, Run} from '../measures/ranking/judgements.js'
import {type FileLine, lineError} from './file-line.js'
import {badDataError} from '@ep23/sdk'
import {inTrecOrder} from '../retrieval/ranking.js'

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
  return lineError('RAG_QRELS_UNREADABLE', line, `a line of TREC qrels has 4 columns, this one has ${found}`, [
    'columns are: query iteration document relevance, separated by spaces or tabs',
  ])
}

const QRELS_CODE = 'RAG_QRELS_UNREADABLE'
const COLUMNS =
  'judgements are TREC lines "query 0 document relevance", or BEIR lines with tabs: query, document, relevance'

/** Collects judgements from lines and refuses what trec_eval refuses. */
export class QrelsBuilder {
  readonly #byQuery = new Map<string, Map<string, number>>()

  add(line: FileLine, query: string, document: string, relevance: string): void {
    const value = readInteger(relevance)
    if (value === undefined)
      throw lineError(QRELS_CODE, line, `the relevance "${relevance}" is not a whole number`, [COLUMNS])
    const judgements = this.#byQuery.get(query) ?? new Map<string, number>()
    if (judgements.has(document))
      throw lineError(QRELS_CODE, line, `document ${document} is judged twice for query ${query}`)
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
 * @throws Ep23Error RAG_RUN_UNWRITABLE (65) for an id or tag that is empty or holds white space: the format has no quoting.
 */
export function* printTrecRun(run: Run, tag: string): Generator<string> {
  requirePlain(tag, 'tag')
  for (const [query, documents] of run) {
    requirePlain(query, 'query id')
    for (const [i, {id, score}] of inTrecOrder(documents).entries()) {
      yield `${query} Q0 ${requirePlain(id, 'document id')} ${i + 1} ${score} ${tag}`
    }
  }
}

function requirePlain(name: string, what: string): string {
  if (/^\S+$/.test(name)) return name
  throw badDataError('RAG_RUN_UNWRITABLE', `the ${what} ${JSON.stringify(name)} cannot be written to a TREC run`, [
    'ids in a TREC run are not empty and have no white space',
  ])
}
