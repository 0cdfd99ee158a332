import {normalizeForMatching} from './normalize.js'
import {type TokenKind, TokenScanner} from './token-scanner.js'

export interface Token {
  kind: TokenKind
  text: string
  /** [start, end) in UTF-16 units of the text that was tokenised. */
  start: number
  end: number
}

export interface WordOptions {
  /** Which classes become words. Default: words and numbers; addresses, names, tags and emoji are left out. */
  kinds?: readonly TokenKind[]
  /** `Санкт-Петербург` as two words. Words with a digit (`5-й`, `COVID-19`) stay whole. Default false. */
  splitCompounds?: boolean
}

export const DEFAULT_KINDS: readonly TokenKind[] = ['word', 'number']

/**
 * Tokens of a text, in order, never overlapping. A word is a run of letters and digits with inner hyphens, apostrophes
 * and low lines (`Санкт-Петербург`, `д'Артаньян`, `snake_case`); a number keeps `.`, `,` and dashes between digits and a
 * per cent sign (`5,5`, `10–15`, `20 %`); addresses, `@name`, `#тег` and emoji sequences are one token each.
 * Punctuation gives no token.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const scanner = new TokenScanner(text)
  while (scanner.next()) {
    const {kind, start, end} = scanner
    tokens.push({kind, text: text.slice(start, end), start, end})
  }
  return tokens
}

/** The form of a token that metrics compare: `normalizeForMatching`, with `20 %` as `20%` and `10–15` as `10-15`. */
export function matchingForm(token: string): string {
  return normalizeForMatching(token)
    .replace(/ (?=[%‰]$)/, '')
    .replaceAll('—', '-')
}

/** The matching forms of a text's tokens: what every metric counts. */
export function words(text: string, options: WordOptions = {}): string[] {
  return tokenForms(text, options, formIn(text))
}

/** The words and numbers of a text as they stand there, with their matching forms: for whoever needs both. */
export function wordsAsWritten(text: string): {kind: TokenKind; written: string; form: string}[] {
  const found: {kind: TokenKind; written: string; form: string}[] = []
  const form = formIn(text)
  const scanner = new TokenScanner(text)
  while (scanner.next())
    if (DEFAULT_KINDS.includes(scanner.kind))
      found.push({kind: scanner.kind, written: text.slice(scanner.start, scanner.end), form: form(scanner)})
  return found
}

/** The matching form of the token on which a scanner of this text stands: mostly a piece of the text in lower case. */
function formIn(text: string): (at: TokenScanner) => string {
  const lower = foldSimple(text)
  return ({start, end, needsFold}) =>
    needsFold || lower === undefined ? matchingForm(text.slice(start, end)) : lower.slice(start, end)
}

/** The forms of the chosen tokens; `form` is called with the scanner standing on each. */
export function tokenForms(text: string, options: WordOptions, form: (at: TokenScanner) => string): string[] {
  const {kinds = DEFAULT_KINDS, splitCompounds = false} = options
  const forms: string[] = []
  const scanner = new TokenScanner(text)
  while (scanner.next()) {
    if (!kinds.includes(scanner.kind)) continue
    const found = form(scanner)
    if (splitCompounds && scanner.kind === 'word' && isCompound(found)) forms.push(...found.split('-'))
    else forms.push(found)
  }
  return forms
}

/** The whole text in simple matching form, when that keeps every offset in place. */
function foldSimple(text: string): string | undefined {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower.replaceAll('ё', 'е') : undefined
}

function isCompound(form: string): boolean {
  return form.includes('-') && !/\d/.test(form)
}
