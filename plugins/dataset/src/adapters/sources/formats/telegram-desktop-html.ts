import {existsSync, readdirSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'

import {
  attribute,
  childElements,
  firstOfClass,
  hasClass,
  htmlTree,
  outermost,
  plainTextOf,
  type HtmlElement,
  pageText,
  htmlMarkdown,
} from './html.js'
import {mapRecords, type Skip, type RecordBatch} from './map-records.js'
import {PostRecords} from './post-record.js'
import type {RawRecord} from './record-fields.js'
import {boundedRaw, refusal} from './problems.js'
import {naiveDates, type SourceFormat} from './source-format.js'
import {message as say} from '../../../words/words.js'
import type {Message} from '@ep23/sdk'

/** The pages of Telegram Desktop's HTML export, the export dialog's default: messages.html, messages2.html, … */
export const telegramDesktopHtml: SourceFormat = {
  name: 'telegram-desktop-html',
  title: say('formatDesktopHtml'),
  example: '<div class="message default clearfix" id="message1">',
  clock: 'local',
  recognises: ({text}) =>
    /^\s*</u.test(text) && /class="page_body chat_page"|class="message (?:default|service)/u.test(text),
  async *read({window, reading, zones}) {
    const page = await htmlTree(await pageText(window))
    const title = plainTextOf(firstOfClass(firstOfClass(page, 'page_header') ?? page, 'text') ?? page).trim()
    const messages = outermost(page, element => hasClass(element, 'message'))
    const records = new PostRecords({
      naive: naiveDates('local', zones, reading.tally),
      ...(title !== '' && title.length < 300 && {channel: {title}, isChannelKnown: true}),
    })
    yield* mapRecords(inOneBatch(messages), reading, message => {
      const record = recordOf(message as HtmlElement, title)
      return typeof record === 'string' ? record : records.toPost(record)
    })
    const missing = missingPage(page, reading.file)
    if (missing) reading.tally.ignoredFiles.push(missing)
  },
}

async function* inOneBatch(messages: HtmlElement[]): AsyncGenerator<RecordBatch> {
  const place = (index: number): {record: number; raw: string} => {
    const message = messages[index]
    return {record: index + 1, raw: boundedRaw(message === undefined ? '' : (attribute(message, 'id') ?? ''))}
  }
  yield {values: messages, place}
}

function recordOf(message: HtmlElement, title: string): RawRecord | Skip {
  const body = childElements(message).find(child => hasClass(child, 'body'))
  if (hasClass(message, 'service') || body === undefined) return 'service'
  const parts = childElements(body)
  assertSameAuthor(
    parts.find(part => hasClass(part, 'from_name')),
    title,
  )
  const forwarded = parts.find(part => hasClass(part, 'forwarded') && hasClass(part, 'body'))
  const date = parts.find(part => hasClass(part, 'date'))
  // The export ends lines with <br> alone: the line ends around a text are of the page.
  const texts = outermost(
    body,
    element => hasClass(element, 'text'),
    element => CLOSED.some(name => hasClass(element, name)),
  )
  return {
    id: attribute(message, 'id')?.replace(/^message/u, ''),
    date: date === undefined ? undefined : attribute(date, 'title'),
    text: texts.map(htmlMarkdown).join('\n'),
    ...(forwarded && {forwarded_from: nameIn(forwarded)}),
  }
}

const CLOSED = ['media_wrap', 'reply_to', 'reactions', 'from_name', 'date']

function nameIn(forwarded: HtmlElement): string {
  const name = firstOfClass(forwarded, 'from_name')
  const own = name?.childNodes.filter(child => !('tagName' in child)).map(plainTextOf)
  return own?.join('').trim() ?? ''
}

// A channel's posts are all from the channel; in a group or private chat people write.
function assertSameAuthor(author: HtmlElement | undefined, title: string): void {
  const name = author === undefined ? title : plainTextOf(author).trim()
  if (!name.startsWith(title)) throw refusal(say('severalAuthors'))
}

const PAGE = /^(?<prefix>.*?)(?:index|messages)(?<number>\d*)(?<suffix>\.html?(?:\.gz)?)$/u

/** The pages that follow this one in its folder, by the numbers in their names. */
export function followingPages(file: string): string[] {
  const {prefix, number, suffix} = PAGE.exec(basename(file))?.groups ?? {}
  if (prefix === undefined) return []
  const pages: string[] = []
  for (let next = Number(number || '1') + 1; ; next++) {
    const page = join(dirname(file), `${prefix}messages${next}${suffix}`)
    if (!existsSync(page)) return pages
    pages.push(page)
  }
}

function missingPage(page: Parameters<typeof outermost>[0], file: string): {file: string; reason: Message} | undefined {
  const own = Number(/(\d*)\.html/u.exec(basename(file))?.[1] || '1')
  const links = outermost(page, element => hasClass(element, 'pagination')).map(link => attribute(link, 'href') ?? '')
  const next = links.find(href => Number(/(\d+)\.html$/u.exec(href)?.[1] ?? '0') > own)
  if (next === undefined) return undefined
  const isThere = readdirSync(dirname(file)).some(name => name.endsWith(next) || name.endsWith(`${next}.gz`))
  return isThere ? undefined : {file: join(dirname(file), next), reason: say('exportGoesOn')}
}
