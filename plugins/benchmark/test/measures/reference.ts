import {readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

import {expect} from 'chai'

const SUMMARIES = new URL('../../../../../shared/data/summaries/', import.meta.url)
const NEWS = new URL('gazeta_t5_200.csv.gz', SUMMARIES)

export interface NewsRow {
  generated: string
  reference: string
  article: string
}

/** Values of a reference implementation; `fixtures/README.md` says how they were made. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the file's shape
export function referenceValues<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}

/** 200 Russian news articles with the editors' and a model's summary. */
export function newsRows(): NewsRow[] {
  const [, ...rows] = parseCsv(gunzipSync(readFileSync(NEWS)).toString('utf8'))
  return rows.map(([, generated = '', reference = '', article = '']) => ({generated, reference, article}))
}

/** The tokens that `fixtures/generate.py` gives to the reference implementations. */
export function simpleTokens(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[0-9a-zа-я]+/g) ?? []
  )
}

export function simpleSentences(text: string): string[][] {
  return text
    .split(/(?<=[.!?…])[ \n]+/)
    .map(simpleTokens)
    .filter(sentence => sentence.length > 0)
}

/** The tokens of a fixture's text, where they stand between spaces. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '')
}

/** Equal within 1e-9 of the larger of 1 and the value; `null` in a fixture is an undefined number. */
export function expectClose(actual: number | undefined, expected: number | null, what = 'value'): void {
  if (expected === null || actual === undefined) expect(actual ?? null, what).to.equal(expected)
  else expect(actual, what).to.be.closeTo(expected, 1e-9 * Math.max(1, Math.abs(expected)))
}

function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end !== ',') rows.push([])
  }
  return rows.filter(row => row.length > 1)
}
