import {parse} from 'csv-parse/sync'

import {hasField} from '../records/field-names.js'

export interface CsvLayout {
  delimiter: string
  /** Names of the columns as field-names.ts has them: lower case, `_` for a blank. */
  columns: string[]
}

const DELIMITERS = [',', ';', '\t', '|']

/** How the rows under this header line are to be read; undefined when it has no columns for date and text. */
export function csvLayout(header: string): CsvLayout | undefined {
  return DELIMITERS.map(delimiter => ({delimiter, columns: columnsOf(header, delimiter)})).find(
    ({columns}) =>
      (hasField(columns, 'date') || hasField(columns, 'unixtime')) &&
      (hasField(columns, 'text') || hasField(columns, 'caption')),
  )
}

function columnsOf(header: string, delimiter: string): string[] {
  try {
    const [names = []] = parse(header, {delimiter, to_line: 1})
    return names.map(columnName)
  } catch {
    // Quotes that do not close: no header of ours.
    return []
  }
}

function columnName(name: string): string {
  return name
    .trim()
    .replaceAll(/(?<=[a-zа-я\d])(?=[A-ZА-Я])/gu, '_')
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, '_')
}
