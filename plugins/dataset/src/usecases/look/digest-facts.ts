import {matchingForm, stem, tokenize, type Token} from '../../text/index.js'

const CAPITAL = /^\p{Lu}/u
const LETTERS = /^\p{L}/u
/** What may stand between the last word of a sentence and the first of the next. */
const SENTENCE_END = /[.!?…:#*\n•>–—-]|\[/u

/**
 * What a digest states, as comparable forms: numbers with the word behind them, addresses, tags and names (capitalised words
 * within a sentence). Equal facts have equal forms, whatever their case endings.
 */
export function digestFacts(markdown: string): Map<string, string> {
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
