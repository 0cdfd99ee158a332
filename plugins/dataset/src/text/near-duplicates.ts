import {normalizeForMatching} from './normalize.js'
import {words, DEFAULT_KINDS, type WordOptions} from './tokens.js'
import type {TokenKind} from './token-scanner.js'

/** Words in a shingle: three tell one news item from another and survive a changed word. */
const SHINGLE_WORDS = 3

export interface Fold<T> {
  /** The first of the group, in the order given. */
  kept: T
  /** The later ones, in order. */
  folded: T[]
}

/**
 * The set of word n-grams of a text (Broder 1997). A text shorter than `size` words is one shingle of all its words, one
 * without words (an emoji, an address) is one shingle of itself.
 */
export function shingles(text: string, size = SHINGLE_WORDS): Set<string> {
  const found = words(text)
  if (found.length === 0) return new Set([normalizeForMatching(text).trim()])
  const last = Math.max(0, found.length - size)
  return new Set(Array.from({length: last + 1}, (_, start) => found.slice(start, start + size).join(' ')))
}

/** |A ∩ B| / |A ∪ B|, from 0 to 1; 1 for two empty sets. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const shingle of a) if (b.has(shingle)) common++
  const union = a.size + b.size - common
  return union === 0 ? 1 : common / union
}

/** Finds, among the texts kept so far, the one most similar to a new one, through an index of shingles. */
class KeptTexts {
  readonly #sizes: number[] = []
  readonly #holders = new Map<string, number[]>()

  add(text: ReadonlySet<string>): void {
    const id = this.#sizes.push(text.size) - 1
    for (const shingle of text) {
      const holders = this.#holders.get(shingle)
      if (holders) holders.push(id)
      else this.#holders.set(shingle, [id])
    }
  }

  /** The best Jaccard similarity and its index, the earliest on ties; index -1 when nothing is shared. */
  mostSimilar(text: ReadonlySet<string>): {index: number; similarity: number} {
    let best = {index: -1, similarity: 0}
    for (const [index, common] of this.#commonCounts(text)) {
      const similarity = common / (text.size + (this.#sizes[index] ?? 0) - common)
      if (similarity > best.similarity || (similarity === best.similarity && index < best.index))
        best = {index, similarity}
    }
    return best
  }

  #commonCounts(text: ReadonlySet<string>): Map<number, number> {
    const counts = new Map<number, number>()
    for (const shingle of text)
      for (const id of this.#holders.get(shingle) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
}

/**
 * Folds near-identical texts: each joins the most similar one kept before it when their exact Jaccard similarity reaches
 * `threshold` (0 to 1), else it is kept. Order in, order out; depends on nothing but the texts and their order. Strip
 * markup and footers first. Meant for the posts of a day; the cost grows with the shingles they share.
 */
export function foldNearDuplicates<T extends {text: string}>(items: readonly T[], threshold = 0.7): Fold<T>[] {
  const folds: Fold<T>[] = []
  const kept = new KeptTexts()
  for (const item of items) {
    const text = shingles(item.text)
    const {index, similarity} = kept.mostSimilar(text)
    const fold = similarity >= threshold ? folds[index] : undefined
    if (fold) fold.folded.push(item)
    else {
      kept.add(text)
      folds.push({kept: item, folded: []})
    }
  }
  return folds
}

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
