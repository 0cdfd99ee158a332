import {UNREAD_FORMATS} from './formats/unread-formats.js'
import {SOURCE_FORMATS} from './source-formats.js'

/** The `data` of `dataset:formats --json`. */
export interface FormatList {
  formats: Array<{
    name: string
    title: string
    /** How a file begins, or one of its records. */
    example: string
    /** What dates without an offset are taken for. */
    naive_dates: 'utc' | 'local'
  }>
  /** What is known and not read, and what to do instead. */
  unread: Array<{title: string; convert: string}>
}

/** Every format that is read, in the order in which it is looked for, and what is only known. */
export function listFormats(): FormatList {
  return {
    formats: SOURCE_FORMATS.map(({name, title, example, clock}) => ({name, title, example, naive_dates: clock})),
    unread: UNREAD_FORMATS.map(({title, convert}) => ({title, convert})),
  }
}

/** The list as lines for a terminal. */
export function renderFormats({formats, unread}: FormatList): string[] {
  return [
    'Read:',
    ...formats.flatMap(({name, title, example}) => [`  ${name.padEnd(22)} ${title}`, `    ${example}`]),
    'Known, and not read:',
    ...unread.map(({title, convert}) => `  ${title}: ${convert}`),
  ]
}
