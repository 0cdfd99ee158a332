import {RecordProblem} from './record-problem.js'

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
    throw new RecordProblem(`an entity reaches from ${offset} over ${length} UTF-16 units, the text has ${text.length}`)
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
