import {isObject, verbatim, englishOf} from '@ep23/sdk'
import {asObject, optionalString, describeValue, type RawRecord} from './record-fields.js'
import {RecordProblem} from './problems.js'
import {message} from '../../../words/words.js'

/** A text whose formatting stands beside it. */
export interface FormattedText {
  text: unknown
  entities?: unknown
}

// The kinds that Telethon's Markdown has, by what is left of a tool's name for them in lower case (`MessageEntityTextUrl`,
// `MessageEntityType.TEXT_LINK`, `textEntityTypeTextUrl`); the others (hashtags, mentions, spoilers) are text as they stand.
const KINDS = new Map<string, FormattingKind>([
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strike', 'strike'],
  ['strikethrough', 'strike'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['precode', 'pre'],
  ['texturl', 'link'],
  ['textlink', 'link'],
  ['mentionname', 'link'],
  ['textmention', 'link'],
])
const PREFIX = /^(?:tl_)?(?:messageentitytype\.|messageentity|textentitytype)/u
// Where somebody else's words stand: what is replied to, quoted, linked or forwarded.
const NOT_OWN = /reply|quote|forward|fwd|preview|web_?page|linked|story|poll|button|markup/iu
const DEEPEST_CAPTION = 4

/**
 * A message's text as Telegram Markdown: from a string, from Telegram Desktop's array of strings and `{type, text, …}`, or
 * from `{text, entities}`; undefined when there is none.
 * @throws RecordProblem for anything else.
 */
export function messageText(value: unknown, field: string): string | undefined {
  if (typeof value === 'string') return optionalString(value, field)
  if (Array.isArray(value)) return value.map((part, index) => partMarkdown(part, `${field}[${index}]`)).join('')
  if (isObject(value) && 'text' in value) return formattedMarkdown(value as unknown as FormattedText, field)
  return optionalString(value, field)
}

/** The caption of a photo or file that stands somewhere inside a record; undefined when there is none. */
export function nestedCaption(record: RawRecord, depth = DEEPEST_CAPTION): string | undefined {
  for (const key in record) {
    const value = record[key]
    if (!isObject(value) || depth === 0 || NOT_OWN.test(key)) continue
    const caption = value['caption']
    const found =
      typeof caption === 'string' ? optionalString(caption, `${key}.caption`) : nestedCaption(value, depth - 1)
    if (found !== undefined && found.trim() !== '') return found
  }
  return undefined
}

function formattedMarkdown({text, entities}: FormattedText, field: string): string | undefined {
  if (typeof text !== 'string') return messageText(text, `${field}.text`)
  const plain = optionalString(text, field)
  if (plain === undefined || entities === undefined || entities === null) return plain
  if (!Array.isArray(entities)) throw new RecordProblem(message('entitiesNotArray'))
  return entities.length === 0 ? plain : toMarkdown(plain, entities.flatMap(formattingOf))
}

function formattingOf(value: unknown, index: number): Formatting[] {
  const entity = asObject(value, message('entityNumber', {entity: index + 1}))
  const kind = kindOf(entity)
  if (kind === undefined) return []
  const offset = entity['offset'] ?? entity['Offset']
  const length = entity['length'] ?? entity['Length']
  if (typeof offset !== 'number' || typeof length !== 'number')
    throw new RecordProblem(message('entityWithout', {entity: index + 1}))
  return [{offset, length, kind, ...(kind === 'link' && {url: linkOf(entity)})}]
}

function kindOf(entity: RawRecord): FormattingKind | undefined {
  const type = entity['type']
  const name = isObject(type) ? type['@type'] : (type ?? entity['_'] ?? entity['_type'])
  if (typeof name !== 'string') return undefined
  return KINDS.get(name.toLowerCase().replace(PREFIX, '').replaceAll('_', ''))
}

function linkOf(entity: RawRecord): string {
  const type = isObject(entity['type']) ? entity['type'] : {}
  const user = isObject(entity['user']) ? entity['user']['id'] : (entity['user_id'] ?? type['user_id'])
  return (
    optionalString(entity['url'] ?? entity['URL'] ?? type['url'], 'entities.url') ??
    `tg://user?id=${englishOf(describeValue(user))}`
  )
}

function partMarkdown(part: unknown, field: string): string {
  if (typeof part === 'string') return optionalString(part, field) ?? ''
  const entity = asObject(part, verbatim(`"${field}"`))
  if (typeof entity['text'] !== 'string')
    throw new RecordProblem(message('isValue', {what: `"${field}.text"`, value: describeValue(entity['text'])}))
  const text = optionalString(entity['text'], `${field}.text`) ?? ''
  const kind = kindOf(entity)
  if (kind === undefined) return text
  const url =
    optionalString(entity['href'], 'text.href') ?? `tg://user?id=${englishOf(describeValue(entity['user_id']))}`
  return marked(text, kind, url)
}

/** A stretch of text that is formatted, in UTF-16 code units as Telegram counts (and JavaScript too). */
export interface Formatting {
  offset: number
  length: number
  kind: FormattingKind
  /** For links: where they lead. */
  url?: string
}

export type FormattingKind = 'bold' | 'italic' | 'strike' | 'code' | 'pre' | 'link'

const DELIMITERS = {bold: '**', italic: '__', strike: '~~', code: '`', pre: '```'}

/**
 * Writes formatting into the text as Telethon does (telethon/extensions/markdown.py, `unparse`): nothing is escaped, what
 * begins first is outermost, kinds that its Markdown lacks (underline, spoiler, quotation) leave the text as it is. Empty
 * stretches, which Telethon marks too, are left out.
 * @throws RecordProblem when a stretch is not within the text.
 */
export function toMarkdown(text: string, formattings: Formatting[]): string {
  const marks = formattings.flatMap((formatting, index) => marksOf(formatting, index, text))
  marks.sort((a, b) => a.at - b.at || a.order - b.order)
  let markdown = ''
  let done = 0
  for (const {at, mark} of marks) {
    markdown += text.slice(done, at) + mark
    done = at
  }
  return markdown + text.slice(done)
}

/** The same for a stretch of text that is formatted as a whole. */
export function marked(text: string, kind: FormattingKind, url = ''): string {
  const [open, close] = delimitersOf(kind, url)
  return text === '' ? '' : open + text + close
}

interface Mark {
  at: number
  /** Among marks of one place: inner ends before outer ends, then outer beginnings before inner ones. */
  order: number
  mark: string
}

function marksOf({offset, length, kind, url = ''}: Formatting, index: number, text: string): Mark[] {
  const end = offset + length
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || end > text.length)
    throw new RecordProblem(message('entityReaches', {offset, units: length, length: text.length}))
  const [from, to] = [outsidePair(text, offset), outsidePair(text, end)]
  if (from >= to) return []
  const [open, close] = delimitersOf(kind, url)
  return [
    {at: from, order: index, mark: open},
    {at: to, order: -index, mark: close},
  ]
}

function delimitersOf(kind: FormattingKind, url: string): [string, string] {
  return kind === 'link' ? ['[', `](${url})`] : [DELIMITERS[kind], DELIMITERS[kind]]
}

// A mark between the halves of a surrogate pair would destroy the character: it moves behind it, as in Telethon.
function outsidePair(text: string, at: number): number {
  const isInside = isSurrogate(text, at - 1, 0xd800) && isSurrogate(text, at, 0xdc00)
  return isInside ? at + 1 : at
}

function isSurrogate(text: string, at: number, half: 0xd800 | 0xdc00): boolean {
  return (text.charCodeAt(at) & 0xfc00) === half
}
