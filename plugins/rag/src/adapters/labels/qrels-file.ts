import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'

import {usageError, writeFileAtomically} from '@ep23/sdk'

import {fileLines} from '../../formats/file-line.js'
import {readTrecQrels} from '../../formats/trec-qrels.js'
import type {Qrels} from '../../measures/ranking/judgements.js'
import {readText} from '../input/read-text.js'

export interface Judgement {
  query: string
  document: string
  /** Undefined takes the judgement away. */
  grade: number | undefined
}

/**
 * Judgements of a file that may not be there yet.
 * @throws Ep23Error USAGE (64) for a file in BEIR's form, RAG_QRELS_UNREADABLE (65) for one that is in none.
 */
export async function readLabels(path: string): Promise<Qrels> {
  if (!existsSync(path)) return new Map()
  const lines = [...fileLines(path, await readText(path, 'judgements'))]
  if (lines[0]?.text.trim().split(/\s+/u).length === 3)
    throw usageError(`${path} holds judgements in BEIR's form, and labels are written in TREC's`, [
      'name another file: --qrels FILE',
    ])
  return readTrecQrels(lines)
}

/**
 * Puts one judgement into the file, in the place of an earlier one of the same pair. The file is read again each time, so that
 * what somebody else has written meanwhile stays, and written whole or not at all.
 */
export async function keepLabel(path: string, {query, document, grade}: Judgement): Promise<void> {
  const lines = existsSync(path) ? (await readFile(path, 'utf8')).split('\n') : []
  const kept = lines.filter(line => line.trim() !== '')
  const place = kept.findIndex(line => {
    const [lineQuery, , lineDocument] = line.trim().split(/\s+/u)
    return lineQuery === query && lineDocument === document
  })
  const line = grade === undefined ? [] : [`${query} 0 ${document} ${grade}`]
  kept.splice(place < 0 ? kept.length : place, place < 0 ? 0 : 1, ...line)
  await writeFileAtomically(path, kept.map(text => `${text}\n`).join(''))
}
