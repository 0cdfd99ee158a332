import {badDataError} from '@ep23/sdk'

import type {Run} from '../measures/ranking/judgements.js'
import {type ScoredDocument, inTrecOrder} from '../retrieval/ranking.js'
import {type FileLine, lineError} from './file-line.js'
import {readDecimal} from './decimal.js'

const CODE = 'RAG_RUN_UNREADABLE'

/**
 * Reads a TREC run, `query Q0 document rank score tag` a line, in any order of lines. The rank is not used: the order comes
 * from the scores, as in trec_eval.
 * @throws Ep23Error RAG_RUN_UNREADABLE (65) with file and line: wrong number of columns, a score that is not a finite number,
 * a document twice for one query.
 */
export function readTrecRun(lines: Iterable<FileLine>): Run {
  const byQuery = new Map<string, Map<string, ScoredDocument>>()
  for (const line of lines) {
    const columns = line.text.trim().split(/\s+/)
    if (columns.length !== 6) throw wrongColumns(line, columns.length)
    const [query, , id, , score] = columns as [string, string, string, string, string, string]
    const ranking = byQuery.get(query) ?? new Map<string, ScoredDocument>()
    if (ranking.has(id)) throw lineError(CODE, line, `document ${id} stands twice in the run of query ${query}`)
    ranking.set(id, {id, score: readScore(line, score)})
    byQuery.set(query, ranking)
  }
  return new Map([...byQuery].map(([query, ranking]) => [query, [...ranking.values()]]))
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

function wrongColumns(line: FileLine, found: number): Error {
  return lineError(CODE, line, `a line of a TREC run has 6 columns, this one has ${found}`, [
    'columns are: query Q0 document rank score tag, separated by spaces or tabs',
  ])
}

function readScore(line: FileLine, text: string): number {
  const score = readDecimal(text)
  if (score === undefined) throw lineError(CODE, line, `the score "${text}" is not a finite decimal number`)
  return score
}

function requirePlain(name: string, what: string): string {
  if (/^\S+$/.test(name)) return name
  throw badDataError('RAG_RUN_UNWRITABLE', `the ${what} ${JSON.stringify(name)} cannot be written to a TREC run`, [
    'ids in a TREC run are not empty and have no white space',
  ])
}
