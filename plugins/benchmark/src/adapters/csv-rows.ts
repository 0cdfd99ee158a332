import {badDataError} from '@ep23/sdk'

/** Separators that a header line is tried with, the most frequent one wins. */
const SEPARATORS = [',', ';', '\t'] as const

/**
 * A CSV text (RFC 4180: quotes doubled inside quotes, line breaks allowed in them) as one record a row, fields named by the
 * header.
 * @throws Ep23Error BENCHMARK_BAD_LABELS (65) naming file and row
 */
export function csvRecords(text: string, path: string): Record<string, string>[] {
  const withoutMark = text.replace(/^\uFEFF/u, '')
  const [header, ...rows] = csvRows(withoutMark, separatorOf(withoutMark), path)
  if (!header) throw badDataError('BENCHMARK_BAD_LABELS', `${path} is empty: a header line is needed`)
  return rows.map((row, index) => {
    if (row.length !== header.length)
      throw badDataError(
        'BENCHMARK_BAD_LABELS',
        `${path}, row ${index + 2} has ${row.length} fields, the header has ${header.length}`,
      )
    return Object.fromEntries(header.map((name, column) => [name.trim(), row[column] ?? '']))
  })
}

function separatorOf(text: string): string {
  const line = text.split(/\r?\n/u, 1)[0] ?? ''
  const count = (separator: string): number => line.split(separator).length
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] as string
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
      throw badDataError('BENCHMARK_BAD_LABELS', `${path}, row ${rows.length + 1}: text follows a closing quote`)
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
    if (end < 0) throw badDataError('BENCHMARK_BAD_LABELS', `${path} ends inside a quoted field`)
    if (text[end + 1] !== '"') break
  }
  return {field: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1}
}

function bare(text: string, start: number, separator: string): {field: string; end: number} {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return {field: text.slice(start, end), end}
}
