import type {TestCollection} from '#src/formats/corpus.js'

import {readShared} from './shared-data.ts'

interface Pair {
  id: string
  titles: [string, string]
  texts: [string, string]
  sameEvent: boolean
}

/**
 * Pairs of Russian news as a test collection: all texts of both columns are the corpus, the first title of a pair about the same
 * event is a query, and both texts of the pair answer it.
 */
export function readNewsPairs(): TestCollection {
  const pairs = ['ru_exam_pool', 'ru_train_pool'].flatMap(readPairs)
  const queries = pairs.filter(pair => pair.sameEvent)
  return {
    documents: pairs.flatMap(({id, texts}) => texts.map((text, side) => ({id: `${id}/${side}`, text}))),
    queries: queries.map(({id, titles}) => ({id, text: titles[0]})),
    qrels: new Map(
      queries.map(({id}) => [
        id,
        new Map([
          [`${id}/0`, 1],
          [`${id}/1`, 1],
        ]),
      ]),
    ),
  }
}

/**
 * The same news as a search for the partner: the title or the text of one news is the query, the other text of its pair is the answer,
 * and its own text is judged -1, so that callers can take it out.
 */
export function readPartners(by: 'title' | 'text'): TestCollection {
  const pairs = ['ru_exam_pool', 'ru_train_pool'].flatMap(readPairs)
  const asked = pairs
    .filter(pair => pair.sameEvent)
    .flatMap(({id, titles, texts}) => [0, 1].map(side => ({id, side, text: (by === 'title' ? titles : texts)[side]!})))
  return {
    documents: pairs.flatMap(({id, texts}) => texts.map((text, side) => ({id: `${id}/${side}`, text}))),
    queries: asked.map(({id, side, text}) => ({id: `${id}/${side}`, text})),
    qrels: new Map(
      asked.map(({id, side}) => [
        `${id}/${side}`,
        new Map([
          [`${id}/${side}`, -1],
          [`${id}/${1 - side}`, 1],
        ]),
      ]),
    ),
  }
}

function readPairs(name: string): Pair[] {
  const [header, ...rows] = readRows(readShared(`ru_news_pairs/${name}.tsv`))
  const cell = (row: string[], column: string) => row[header!.indexOf(column)]!
  return rows.map((row, i) => ({
    id: `${name}-${i + 1}`,
    titles: [cell(row, 'INPUT:first_title'), cell(row, 'INPUT:second_title')],
    texts: [cell(row, 'INPUT:first_text'), cell(row, 'INPUT:second_text')],
    sameEvent: cell(row, 'GOLDEN:quality') === 'OK',
  }))
}

/** Tab-separated with CSV quoting. */
function readRows(tsv: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of tsv.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== '\t') rows.push([])
  }
  return rows.filter(row => row.length > 1)
}
