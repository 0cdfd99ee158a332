import {diffArrays} from 'diff'

import {matchingForm, stem, tokenize, type Token} from '../text/index.js'
import {message} from '../words/words.js'
import {joined, type Text} from '@ep23/sdk'

/** A stretch of the two texts. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

export interface DigestDiff {
  parts: DiffPart[]
  words: {same: number; added: number; removed: number}
  /** Numbers, names and links that only one of the texts has. */
  facts: {gained: string[]; lost: string[]}
}

/** Compares two digests word by word, over the same tokens that all measures count, and by what they state. */
export function diffDigests(before: string, after: string): DigestDiff {
  const words = {same: 0, added: 0, removed: 0}
  const parts = diffArrays(piecesOf(before), piecesOf(after)).map(({value, added, removed}): DiffPart => {
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    words[kind] += value.filter(piece => /[\p{L}\p{N}]/u.test(piece)).length
    return {kind, text: value.join('')}
  })
  const [old, now] = [digestFacts(before), digestFacts(after)]
  return {
    parts,
    words,
    facts: {
      gained: [...now].filter(([form]) => !old.has(form)).map(([, text]) => text),
      lost: [...old].filter(([form]) => !now.has(form)).map(([, text]) => text),
    },
  }
}

/** As `wdiff` writes it: `[-removed-]`, `{+added+}`. */
export function renderDiff({before, after, parts, words, facts}: DigestDiff & {before: Text; after: Text}): Text[] {
  const text = parts.map(({kind, text: part}) => {
    if (kind === 'same') return part
    return kind === 'added' ? `{+${part}+}` : `[-${part}-]`
  })
  return [
    joined(['-', before], ' '),
    joined(['+', after], ' '),
    '',
    ...text.join('').trim().split('\n'),
    '',
    message('wordsDiffer', {same: words.same, added: words.added, removed: words.removed}),
    message('factsGained', {facts: facts.gained.length > 0 ? facts.gained.join(', ') : message('none')}),
    message('factsLost', {facts: facts.lost.length > 0 ? facts.lost.join(', ') : message('none')}),
  ]
}

// Words and what stands between them, so that the pieces together are the text.
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let done = 0
  for (const {start, end} of tokenize(text)) {
    if (start > done) pieces.push(text.slice(done, start))
    pieces.push(text.slice(start, end))
    done = end
  }
  if (done < text.length) pieces.push(text.slice(done))
  return pieces
}

const CAPITAL = /^\p{Lu}/u
const LETTERS = /^\p{L}/u
/** What may stand between the last word of a sentence and the first of the next. */
const SENTENCE_END = /[.!?…:#*\n•>–—-]|\[/u

/**
 * What a digest states, as comparable forms: numbers with the word behind them, addresses, tags and names (capitalised words
 * within a sentence). Equal facts have equal forms, whatever their case endings.
 */
function digestFacts(markdown: string): Map<string, string> {
  const facts = new Map<string, string>()
  const tokens = tokenize(markdown)
  for (const [index, token] of tokens.entries()) {
    const fact = factAt(markdown, tokens, index)
    if (fact !== undefined && !facts.has(fact.form)) facts.set(fact.form, fact.text ?? token.text)
  }
  return facts
}

function factAt(markdown: string, tokens: readonly Token[], index: number): {form: string; text?: string} | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.kind === 'number') return numberWithUnit(markdown, token, tokens[index + 1])
  if (token.kind === 'url' || token.kind === 'mention' || token.kind === 'hashtag') return {form: token.text}
  if (token.kind !== 'word' || !CAPITAL.test(token.text)) return undefined
  const previous = tokens[index - 1]
  if (previous === undefined || SENTENCE_END.test(markdown.slice(previous.end, token.start))) return undefined
  return {form: stem(matchingForm(token.text))}
}

function numberWithUnit(markdown: string, number: Token, next: Token | undefined): {form: string; text?: string} {
  const value = matchingForm(number.text)
  const isUnit =
    next?.kind === 'word' && LETTERS.test(next.text) && /^[ \u00A0]$/u.test(markdown.slice(number.end, next.start))
  if (!isUnit) return {form: value}
  return {form: `${value} ${stem(matchingForm(next.text))}`, text: `${number.text} ${next.text}`}
}
