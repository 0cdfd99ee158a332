import {type TokenKind} from './token-scanner.js'
import {DEFAULT_KINDS, type WordOptions} from './tokens.js'

/** Goes up with every change that can change a token of any text. */
export const TEXT_VERSION = 'ru-1'
/** Goes up with every change that can change where a sentence of any text ends. */
const SENTENCES_VERSION = 'ru-2'
/** Snowball Russian as of Snowball 3, on the parts between hyphens that are longer than three letters. */
export const STEMMER_VERSION = 'sb3'

export interface TextSignatureOptions extends WordOptions {
  /** Whether words were stemmed. */
  stem?: boolean
  /** Whether sentences were split, and so count in the result. */
  sentences?: boolean
  /** Whether stop words were left out. */
  stopWords?: boolean
}

/**
 * How a text was cut into words, as the parts of a metric's signature: `tok:ru-1|yo:e|stem:sb3|case:lc`. Numbers whose
 * signatures differ must not be compared (the idea is sacreBLEU's, Post 2018).
 */
export function textSignature(options: TextSignatureOptions = {}): string {
  const {stem = false, sentences = false, stopWords = false} = options
  const parts = [
    `tok:${TEXT_VERSION}${tokenOptions(options)}`,
    'yo:e',
    `stem:${stem ? STEMMER_VERSION : 'no'}`,
    'case:lc',
  ]
  if (stopWords) parts.push('stop:snowball')
  if (sentences) parts.push(`sent:${SENTENCES_VERSION}`)
  return parts.join('|')
}

function tokenOptions({kinds = DEFAULT_KINDS, splitCompounds = false}: WordOptions): string {
  const chosen = [...new Set<TokenKind>(kinds)].sort()
  const isDefault = chosen.join() === [...DEFAULT_KINDS].sort().join()
  return (isDefault ? '' : `+${chosen.join('+')}`) + (splitCompounds ? '+split' : '')
}
