import {
  htmlMarkdown,
  pageText,
  attribute,
  childElements,
  firstOfClass,
  hasClass,
  htmlTree,
  outermost,
  plainTextOf,
  type HtmlElement,
} from './html.js'
import {bareChannelId, type RawRecord} from './record-fields.js'
import {FileProblem, boundedRaw} from './problems.js'
import {mapRecords, type Skip, type RecordBatch} from './map-records.js'
import {PostRecords} from './post-record.js'
import {naiveDates, type SourceFormat} from './source-format.js'
import {message as say} from '../../../words/words.js'

/**
 * A page t.me/s/channel that somebody saved: as received, from a browser, or the JSON string that the page's own script gets.
 * ep23 reads the file and fetches nothing.
 */
export const webPage: SourceFormat = {
  name: 'web-page',
  title: say('formatPreview'),
  example: '<div class="tgme_widget_message js-widget_message" data-post="museum/1">',
  clock: 'utc',
  recognises: ({text}) => /^\s*["<]/u.test(text) && /tgme_(?:widget_message|channel_info)/u.test(text),
  async *read({window, reading, zones}) {
    const page = await htmlTree(unquoted(await pageText(window)))
    const titled = firstOfClass(page, 'tgme_channel_info_header_title')
    const title = titled === undefined ? undefined : plainTextOf(titled).trim()
    const messages = outermost(page, element => attribute(element, 'data-post') !== undefined)
    const records = new PostRecords({
      naive: naiveDates('utc', zones, reading.tally),
      channel: title === undefined || title === '' ? {} : {title},
    })
    yield* mapRecords(inOneBatch(messages), reading, message => {
      const record = recordOf(message as HtmlElement)
      return typeof record === 'string' ? record : records.toPost(record)
    })
  },
}

// A page of the script's is one JSON string (it asks with X-Requested-With).
function unquoted(text: string): string {
  if (!text.trimStart().startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    throw new FileProblem(say('pageCutShort'))
  }
}

async function* inOneBatch(messages: HtmlElement[]): AsyncGenerator<RecordBatch> {
  const place = (index: number): {record: number; raw: string} => {
    const message = messages[index]
    return {record: index + 1, raw: boundedRaw(message === undefined ? '' : (attribute(message, 'data-post') ?? ''))}
  }
  yield {values: messages, place}
}

function recordOf(message: HtmlElement): RawRecord | Skip {
  const [username = '', number] = attribute(message, 'data-post')?.split('/') ?? []
  if (hasClass(message, 'service_message')) return 'service'
  const texts = outermost(message, isOwnText, isOthers)
  const forwarded = firstOfClass(message, 'tgme_widget_message_forwarded_from_name')
  return {
    ...{id: number, date: dateOf(message), url: `https://t.me/${username}/${number}`},
    ...channelOf(message, username),
    text: texts.map(htmlMarkdown).join('\n'),
    ...(forwarded && {forwarded_from: plainTextOf(forwarded).trim()}),
  }
}

// `tgme_widget_message_text` is also the class of the quoted reply. With media the text's element may stand in one of its own
// class: the outermost has it all, once.
function isOwnText(element: HtmlElement): boolean {
  return hasClass(element, 'js-message_text') && !hasClass(element, 'js-message_reply_text')
}

function isOthers(element: HtmlElement): boolean {
  return hasClass(element, 'tgme_widget_message_reply') || hasClass(element, 'tgme_widget_message_link_preview')
}

// Only the permalink's time: videos and voices have one of their own.
function dateOf(message: HtmlElement): string | undefined {
  const links = outermost(message, element => hasClass(element, 'tgme_widget_message_date'))
  const times = links.flatMap(link => childElements(link)).filter(({tagName}) => tagName === 'time')
  return times.map(time => attribute(time, 'datetime')).find(datetime => datetime !== undefined)
}

// `data-view` holds the channel's number, which outlives its names, as base64url of JSON.
function channelOf(message: HtmlElement, username: string): RawRecord {
  const view = attribute(message, 'data-view') ?? ''
  const id = /"c":(-?\d+)/u.exec(Buffer.from(view, 'base64url').toString('latin1'))?.[1]
  return {channel: {id: bareChannelId(id), username}}
}
