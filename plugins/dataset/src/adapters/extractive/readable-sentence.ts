import {tokenize, type TokenKind} from '../../text/index.js'

// What may stand before the first word: list marks, emoji, arrows. Quotes, brackets and signs of numbers belong to it.
const LEADING_MARKS = /^[^\p{L}\p{N}«"„“'([+$€₽#№]+/u
const LEADING_NUMBER = /^(?:\d{1,2}[.)]\s+|\d\uFE0F?\u20E3\s*)/u
const TRAILING_MARKS = /[^\p{L}\p{N}»"”“')\].!?…:;%₽$€°+#]+$/u
const ADDRESSES: ReadonlySet<TokenKind> = new Set(['url'])
const LEADING_NAMES: ReadonlySet<TokenKind> = new Set(['mention', 'hashtag', 'emoji'])
// A mention at the end may be an object of the verb: «с победителями свяжется @name».
const TRAILING_NAMES: ReadonlySet<TokenKind> = new Set(['hashtag', 'emoji'])

/**
 * A sentence of a post as the reader of a digest should see it: without addresses, without list marks, emoji and tags
 * at its edges, with paired quotes and a capital letter. Empty when nothing readable is left.
 */
export function readableSentence(sentence: string): string {
  const bare = withoutEdgeTags(withoutAddresses(sentence)).replace(LEADING_MARKS, '').replace(LEADING_NUMBER, '')
  return capitalised(withPairedMarks(bare.replace(LEADING_MARKS, '').replace(TRAILING_MARKS, '').trim()))
}

function withoutAddresses(text: string): string {
  let result = ''
  let from = 0
  for (const {kind, start, end} of tokenize(text)) {
    if (!ADDRESSES.has(kind)) continue
    result += text.slice(from, start)
    from = end
  }
  return (result + text.slice(from))
    .replaceAll(/\(\s*\)/gu, '')
    .replaceAll(/\s{2,}/gu, ' ')
    .replaceAll(/ (?=[.,;:!?…)]+(?:\s|$))/gu, '')
}

// Inside a sentence they stand for words: «бот @name», «хештег #тег».
function withoutEdgeTags(text: string): string {
  const tokens = tokenize(text)
  const first = tokens.findIndex(({kind}) => !LEADING_NAMES.has(kind))
  const last = tokens.findLastIndex(({kind}) => !TRAILING_NAMES.has(kind))
  if (first === -1) return ''
  const from = first === 0 ? 0 : (tokens[first - 1]?.end ?? 0)
  const to = last === tokens.length - 1 ? text.length : (tokens[last + 1]?.start ?? text.length)
  return text.slice(from, to)
}

// Half of a pair is left when a quotation is longer than the sentence.
function withPairedMarks(text: string): string {
  return withoutHalf(withoutHalf(text, '«', '»'), '(', ')')
}

function withoutHalf(text: string, open: string, close: string): string {
  const opened = text.split(open).length
  const closed = text.split(close).length
  if (opened === closed) return text
  if (opened === closed + 1 && text.startsWith(open)) return text.slice(1)
  if (closed === opened + 1 && text.endsWith(close)) return text.slice(0, -1)
  return opened > closed ? `${text}${close.repeat(opened - closed)}` : `${open.repeat(closed - opened)}${text}`
}

// Latin words keep their letter: they may be code.
function capitalised(text: string): string {
  return text.replace(/^[а-яё](?=[а-яё\s])/u, letter => letter.toUpperCase())
}
