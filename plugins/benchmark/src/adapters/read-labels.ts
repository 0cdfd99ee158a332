import {createHash} from 'node:crypto'

import {readLines} from '@ep23/plugin-exporters'
import {badDataError, usageError, ownField} from '@ep23/sdk'

import {LABEL_FIELDS, type LabelColumns, type LabelledSummary} from '../domain/calibration.js'
import {readJsonLines} from './stored-run.js'
import {message} from '../words/words.js'

export interface LabelFile {
  path: string
  columns: LabelColumns
  /** Where the source texts are when the labels name them by a key. */
  sources: string | undefined
}

export interface Labels {
  rows: LabelledSummary[]
  /** SHA-256 of the labels' canonical content: source, summary, score. */
  sha256: string
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads summaries that people scored, from JSON Lines or CSV, gzipped or not; with `sources` each row's source is the text of
 * the same key there.
 * @throws Ep23Error BENCHMARK_BAD_LABELS (65) naming file, row and column
 */
export async function readLabels({path, columns, sources}: LabelFile): Promise<Labels> {
  const texts = sources === undefined ? undefined : await sourceTexts(sources, columns)
  const rows = (await readRecords(path)).map((fields, index) => {
    const place = `${path}, row ${index + 1}`
    requireFields(fields, place)
    const source = texts ? joinedSource(fields, texts, columns, place) : textOf(fields, columns.source, place)
    return {
      source,
      summary: textOf(fields, columns.summary, place),
      human_score: scoreOf(fields, columns.human_score, place),
      group: groupOf(fields, columns, source),
    }
  })
  if (rows.length === 0)
    throw badDataError('BENCHMARK_BAD_LABELS', message('noRows', {path}), [message('rowPerSummary')])
  return {rows, sha256: createHash('sha256').update(JSON.stringify(rows)).digest('hex')}
}

/** `source=text,summary=chapter_summary` as columns. @throws Ep23Error USAGE (64) */
export function parseColumns(text: string | undefined): LabelColumns {
  const columns: LabelColumns = {source: 'source', summary: 'summary', human_score: 'human_score'}
  for (const pair of text?.split(',') ?? []) {
    const [field = '', column = ''] = pair.split('=').map(part => part.trim())
    if (!isLabelField(field) || column === '')
      throw usageError(message('notColumn', {pair, fields: LABEL_FIELDS.join(', ')}))
    columns[field] = column
  }
  return columns
}

function isLabelField(field: string): field is keyof LabelColumns {
  return (LABEL_FIELDS as readonly string[]).includes(field)
}

async function readRecords(path: string): Promise<Fields[]> {
  if (/\.(?:csv|tsv)(?:\.gz)?$/u.test(path))
    return csvRecords((await Array.fromAsync(readLines(path))).join('\n'), path)
  return (await Array.fromAsync(readJsonLines(path))) as Fields[]
}

async function sourceTexts(path: string, columns: LabelColumns): Promise<Map<string, string>> {
  const key = columns.key
  if (key === undefined) throw usageError(message('sourcesByKey'), [message('nameKeyColumn')])
  const texts = new Map<string, string>()
  for (const [index, fields] of (await readRecords(path)).entries()) {
    const place = `${path}, row ${index + 1}`
    requireFields(fields, place)
    texts.set(textOf(fields, key, place), textOf(fields, columns.source, place))
  }
  return texts
}

function requireFields(fields: unknown, place: string): void {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw badDataError('BENCHMARK_BAD_LABELS', message('placeNotObject', {place}), [message('objectPerLine')])
}

function joinedSource(
  fields: Fields,
  texts: ReadonlyMap<string, string>,
  {key = ''}: LabelColumns,
  place: string,
): string {
  const value = textOf(fields, key, place)
  const text = texts.get(value)
  if (text === undefined) throw badDataError('BENCHMARK_BAD_LABELS', message('sourcesHaveNo', {place, key, value}))
  return text
}

function groupOf(fields: Fields, {group, key}: LabelColumns, source: string): string {
  const value = ownField(fields, group ?? key ?? '')
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : createHash('sha256').update(source).digest('hex')
}

function textOf(fields: Fields, column: string, place: string): string {
  const value = ownField(fields, column)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && value.trim() !== '') return value
  throw badDataError(
    'BENCHMARK_BAD_LABELS',
    message('columnProblem', {
      place,
      column,
      problem: value === undefined ? message('columnMissing') : message('columnNotText'),
    }),
    [message('chooseColumns', {fields: Object.keys(fields).join(', ')})],
  )
}

function scoreOf(fields: Fields, column: string, place: string): number {
  const text = textOf(fields, column, place).replace(',', '.')
  const value = Number(text)
  if (!Number.isFinite(value))
    throw badDataError('BENCHMARK_BAD_LABELS', message('columnNotNumber', {place, column, text}), [
      message('nameScoreColumn'),
    ])
  return value
}

/** Separators that a header line is tried with, the most frequent one wins. */
const SEPARATORS = [',', ';', '\t'] as const

/**
 * A CSV text (RFC 4180: quotes doubled inside quotes, line breaks allowed in them) as one record a row, fields named by the
 * header. csv-parse is no help here: strict it refuses a quote within a bare field, of which tables of prose are full, and relaxed it
 * lets text behind a closing quote pass.
 * @throws Ep23Error BENCHMARK_BAD_LABELS (65) naming file and row
 */
function csvRecords(text: string, path: string): Record<string, string>[] {
  const withoutMark = text.replace(/^\uFEFF/u, '')
  const [header, ...rows] = csvRows(withoutMark, separatorOf(withoutMark), path)
  if (!header) throw badDataError('BENCHMARK_BAD_LABELS', message('needsHeader', {path}))
  return rows.map((row, index) => {
    if (row.length !== header.length)
      throw badDataError(
        'BENCHMARK_BAD_LABELS',
        message('rowFields', {path, row: index + 2, fields: row.length, header: header.length}),
      )
    return Object.fromEntries(header.map((name, column) => [name.trim(), row[column] ?? '']))
  })
}

function separatorOf(text: string): string {
  const line = text.split(/\r?\n/u, 1)[0] ?? ''
  const count = (separator: string): number => line.split(separator).length
  return SEPARATORS.reduce((most, next) => (count(next) > count(most) ? next : most))
}

function csvRows(text: string, separator: string, path: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let place = 0
  while (place < text.length) {
    const {field, end} = text[place] === '"' ? quoted(text, place, path) : bare(text, place, separator)
    row.push(field)
    const breaks = /^\r?(?:\n|$)/u.exec(text.slice(end, end + 2))
    if (!breaks && text[end] !== separator)
      throw badDataError('BENCHMARK_BAD_LABELS', message('textAfterQuote', {path, row: rows.length + 1}))
    // A separator at the very end opens one more, empty field.
    if (!breaks && end === text.length - 1) row.push('')
    place = end + (breaks?.[0].length ?? 1)
    if (breaks || place >= text.length) {
      rows.push(row)
      row = []
    }
  }
  return rows.filter(fields => fields.length > 1 || fields[0] !== '')
}

function quoted(text: string, start: number, path: string): {field: string; end: number} {
  let end = start + 1
  for (; ; end += 2) {
    end = text.indexOf('"', end)
    if (end < 0) throw badDataError('BENCHMARK_BAD_LABELS', message('endsInQuotes', {path}))
    if (text[end + 1] !== '"') break
  }
  return {field: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1}
}

function bare(text: string, start: number, separator: string): {field: string; end: number} {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return {field: text.slice(start, end), end}
}
