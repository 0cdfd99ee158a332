import type {Qrels} from '../measures/ranking/judgements.js'
import {readInteger} from './decimal.js'
import {type FileLine, lineError} from './file-line.js'

const CODE = 'RAG_QRELS_UNREADABLE'
const COLUMNS =
  'judgements are TREC lines "query 0 document relevance", or BEIR lines with tabs: query, document, relevance'

/** Collects judgements from lines and refuses what trec_eval refuses. */
export class QrelsBuilder {
  readonly #byQuery = new Map<string, Map<string, number>>()

  add(line: FileLine, query: string, document: string, relevance: string): void {
    const value = readInteger(relevance)
    if (value === undefined)
      throw lineError(CODE, line, `the relevance "${relevance}" is not a whole number`, [COLUMNS])
    const judgements = this.#byQuery.get(query) ?? new Map<string, number>()
    if (judgements.has(document)) throw lineError(CODE, line, `document ${document} is judged twice for query ${query}`)
    judgements.set(document, value)
    this.#byQuery.set(query, judgements)
  }

  get qrels(): Qrels {
    return this.#byQuery
  }
}
