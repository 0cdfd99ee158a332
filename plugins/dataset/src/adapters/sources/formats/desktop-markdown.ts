import {asObject, optionalString, shown} from '../records/record-fields.js'
import {RecordProblem} from '../records/record-problem.js'
import {marked, type FormattingKind} from '../records/telegram-markdown.js'

// The kinds that Telethon's Markdown has; the others (plain, hashtag, mention, spoiler, …) are text as they stand.
const KINDS = new Map<unknown, FormattingKind>([
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strikethrough', 'strike'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['text_link', 'link'],
  ['mention_name', 'link'],
])

/** The text of a message of Telegram Desktop's: a string, or an array of strings and `{type, text, …}`. */
export function desktopMarkdown(text: unknown): string {
  if (Array.isArray(text)) return text.map(partMarkdown).join('')
  return optionalString(text, 'text') ?? ''
}

function partMarkdown(part: unknown, index: number): string {
  const field = `text[${index}]`
  if (typeof part === 'string') return optionalString(part, field) ?? ''
  const entity = asObject(part, `"${field}"`)
  if (typeof entity['text'] !== 'string') throw new RecordProblem(`"${field}.text" is ${shown(entity['text'])}`)
  const text = optionalString(entity['text'], `${field}.text`) ?? ''
  const kind = KINDS.get(entity['type'])
  return kind === undefined ? text : marked(text, kind, urlOf(entity))
}

function urlOf(entity: Record<string, unknown>): string {
  return optionalString(entity['href'], 'text.href') ?? `tg://user?id=${shown(entity['user_id'])}`
}
