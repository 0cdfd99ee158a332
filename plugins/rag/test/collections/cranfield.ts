import {fileLines} from '#src/formats/file-line.js'
import {readTrecQrels} from '#src/formats/trec.js'
import type {TestCollection} from '#src/formats/corpus.js'

import {readShared} from './shared-data.ts'

/**
 * The Cranfield collection. Its documents are XML without a root element, so they are taken apart by their tags; its judgements
 * number the queries by their position in the file, not by the `num` written there.
 */
export function readCranfield(): TestCollection {
  const corpus = readShared('cranfield/cran.all.1400.xml.gz')
  const documents = elements(corpus, 'doc').map(document => ({
    id: elements(document, 'docno')[0]!.trim(),
    text: [...elements(document, 'title'), ...elements(document, 'text')].join('\n'),
  }))
  const queries = elements(readShared('cranfield/cran.qry.xml'), 'title').map((text, i) => ({id: String(i + 1), text}))
  const judgements = fileLines('cranqrel.trec.txt', readShared('cranfield/cranqrel.trec.txt'))
  return {documents, queries, qrels: readTrecQrels(judgements)}
}

function elements(xml: string, tag: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gis')), ([, content]) => content!)
}
