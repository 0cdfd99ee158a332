import {type Token, tokenize} from './tokens.js'

/** A stretch of a text: [start, end) in UTF-16 units. */
export interface TextRun {
  text: string
  start: number
  end: number
}

function isLatinWord({kind, text}: Token): boolean {
  return kind === 'word' && /^[a-z\u00c0-\u024f][^\u0400-\u052f]*$/i.test(text)
}

/** Latin words and numbers go on with a run, on the same line. */
function goesOn(text: string, run: readonly Token[], next: Token): boolean {
  const last = run.at(-1)
  if (!last || text.slice(last.end, next.start).includes('\n')) return false
  return next.kind === 'number' || isLatinWord(next)
}

/**
 * Stretches of at least `minWords` Latin words in a row (numbers between them go along): names of firms and products are
 * shorter, so this is text somebody forgot to translate. Addresses, `@names` and tags end a stretch, and so does a line break.
 */
export function latinRuns(text: string, minWords = 4): TextRun[] {
  const runs: TextRun[] = []
  let run: Token[] = []
  for (const token of tokenize(text)) {
    if (!goesOn(text, run, token)) {
      runs.push(...asRun(text, run, minWords))
      run = []
    }
    if (isLatinWord(token) || run.length > 0) run.push(token)
  }
  return [...runs, ...asRun(text, run, minWords)]
}

function asRun(text: string, tokens: readonly Token[], minWords: number): TextRun[] {
  const latin = tokens.filter(token => token.kind === 'word')
  if (latin.length < minWords) return []
  const {start} = latin[0]!
  const {end} = latin.at(-1)!
  return [{text: text.slice(start, end), start, end}]
}
