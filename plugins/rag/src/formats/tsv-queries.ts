import type {Query} from './corpus.js'
import {type FileLine, lineError} from './file-line.js'

const CODE = 'RAG_QUERIES_UNREADABLE'

/**
 * Queries as `id<TAB>text` lines, the form of MS MARCO and TREC deep learning.
 * @throws Ep23Error RAG_QUERIES_UNREADABLE (65) with file and line: no tab, an empty id or text, an id that occurs twice.
 */
export function* readTsvQueries(lines: Iterable<FileLine>): Generator<Query> {
  const seen = new Set<string>()
  for (const line of lines) {
    const [id = '', text = ''] = line.text.split(/\t(.*)/su).map(column => column.trim())
    if (id === '' || text === '')
      throw lineError(CODE, line, 'the line is neither JSON nor an id and a text with a tab between them', [
        'queries are {"_id", "text"} or id<TAB>text, one a line',
      ])
    if (seen.has(id)) throw lineError(CODE, line, `the query id ${id} occurs twice`)
    seen.add(id)
    yield {id, text}
  }
}
