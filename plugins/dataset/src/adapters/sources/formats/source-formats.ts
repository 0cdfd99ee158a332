import type {SourceFormat} from './source-format.js'
import {botApi, pyrogram, tdlib, telegramDesktop} from './clients.js'
import {fourCat, jsonPosts, snscrape, tdl, webPreview} from './collectors.js'
import {csvPosts} from './csv-posts.js'
import {jsonFormat} from './json-format.js'
import {mtproto, tgHistoryDumper} from './mtproto.js'
import {telegramDesktopHtml} from './telegram-desktop-html.js'
import {webPage} from './web-page.js'
import {UNREAD_FORMATS} from './unread-formats.js'
import {message} from '../../../words/words.js'
import {joined, type Message, type Text} from '@ep23/sdk'

/** Everything that can be read, in the order in which it is looked for. */
export const SOURCE_FORMATS: readonly SourceFormat[] = [
  jsonFormat(telegramDesktop),
  telegramDesktopHtml,
  jsonFormat(tdl),
  jsonFormat(tdlib),
  jsonFormat(botApi),
  jsonFormat(pyrogram),
  jsonFormat(tgHistoryDumper),
  jsonFormat(mtproto),
  jsonFormat(snscrape),
  jsonFormat(fourCat),
  jsonFormat(webPreview),
  webPage,
  jsonFormat(jsonPosts),
  csvPosts,
]

export function formatNamed(name: string): SourceFormat {
  const format = SOURCE_FORMATS.find(each => each.name === name)
  if (format === undefined) throw new Error(`there is no source format "${name}"`)
  return format
}

/** The `data` of `dataset:formats --json`. */
export interface FormatList {
  formats: Array<{
    name: string
    title: Message
    /** How a file begins, or one of its records. */
    example: string
    /** What dates without an offset are taken for. */
    naive_dates: 'utc' | 'local'
  }>
  /** What is known and not read, and what to do instead. */
  unread: Array<{title: Message; convert: Message}>
}

/** Every format that is read, in the order in which it is looked for, and what is only known. */
export function listFormats(): FormatList {
  return {
    formats: SOURCE_FORMATS.map(({name, title, example, clock}) => ({name, title, example, naive_dates: clock})),
    unread: UNREAD_FORMATS.map(({title, convert}) => ({title, convert})),
  }
}

/** The list as lines for a terminal. */
export function renderFormats({formats, unread}: FormatList): Text[] {
  return [
    message('readFormats'),
    ...formats.flatMap(({name, title, example}) => [joined([`  ${name.padEnd(22)}`, title], ' '), `    ${example}`]),
    message('knownNotRead'),
    ...unread.map(({title, convert}) => joined(['  ', title, ': ', convert], '')),
  ]
}
