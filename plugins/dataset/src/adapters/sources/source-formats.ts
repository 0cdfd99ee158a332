import type {SourceFormat} from './source-format.js'
import {botApi, pyrogram, tdlib} from './formats/clients.js'
import {fourCat, jsonPosts, snscrape, tdl, webPreview} from './formats/collectors.js'
import {csvPosts} from './formats/csv-posts.js'
import {jsonFormat} from './formats/json-format.js'
import {mtproto, tgHistoryDumper} from './formats/mtproto.js'
import {telegramDesktop} from './formats/telegram-desktop.js'
import {telegramDesktopHtml} from './formats/telegram-desktop-html.js'
import {webPage} from './formats/web-page.js'

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
