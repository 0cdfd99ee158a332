import {asObject, optionalString, shown} from '../records/record-fields.js'
import {RecordProblem} from '../records/record-problem.js'
import {toMarkdown, type Formatting, type FormattingKind} from '../records/telegram-markdown.js'

// The kinds that Telethon's Markdown has; the others (hashtags, plain addresses, underline, …) are text as they stand.
const KINDS = new Map<unknown, FormattingKind>([
  ['MessageEntityBold', 'bold'],
  ['MessageEntityItalic', 'italic'],
  ['MessageEntityStrike', 'strike'],
  ['MessageEntityCode', 'code'],
  ['MessageEntityPre', 'pre'],
  ['MessageEntityTextUrl', 'link'],
  ['MessageEntityMentionName', 'link'],
])

/** Writes the `entities` of a raw message into its text. */
export function mtprotoMarkdown(text: string, entities: unknown): string {
  if (entities === undefined || entities === null) return text
  if (!Array.isArray(entities)) throw new RecordProblem('"entities" is not an array')
  return entities.length === 0 ? text : toMarkdown(text, entities.flatMap(formattingOf))
}

function formattingOf(value: unknown, index: number): Formatting[] {
  const entity = asObject(value, `entity ${index + 1}`)
  const kind = KINDS.get(entity['_'])
  if (kind === undefined) return []
  const [offset, length] = [entity['offset'], entity['length']]
  if (typeof offset !== 'number' || typeof length !== 'number')
    throw new RecordProblem(`entity ${index + 1} has no offset or length`)
  return [{offset, length, kind, ...(kind === 'link' && {url: urlOf(entity)})}]
}

function urlOf(entity: Record<string, unknown>): string {
  return optionalString(entity['url'], 'entities.url') ?? `tg://user?id=${shown(entity['user_id'])}`
}
