import {parse} from 'csv-parse/sync'

import {DATE_FIELDS, ID_FIELDS, TEXT_FIELDS} from '../records/post-record.js'

export interface CsvLayout {
  delimiter: string
  /** Names of the columns: lower case, `_` for a blank. */
  columns: string[]
}

const DELIMITERS = [',', ';', '\t']

/** How the rows under this header line are to be read; undefined when it has no columns for id, date and text. */
export function csvLayout(header: string): CsvLayout | undefined {
  return DELIMITERS.map(delimiter => ({delimiter, columns: columnsOf(header, delimiter)})).find(({columns}) =>
    [ID_FIELDS, DATE_FIELDS, TEXT_FIELDS].every(names => names.some(name => columns.includes(name))),
  )
}

function columnsOf(header: string, delimiter: string): string[] {
  try {
    const [names = []] = parse(header, {delimiter, to_line: 1})
    return names.map(name => name.trim().toLowerCase().replaceAll(' ', '_'))
  } catch {
    // Quotes that do not close: no header of ours.
    return []
  }
}
