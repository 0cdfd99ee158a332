import type {Qrels} from '../measures/ranking/judgements.js'
import {type FileLine, lineError} from './file-line.js'
import {QrelsBuilder} from './qrels-builder.js'

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
