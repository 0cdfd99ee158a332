import {DEFAULT_KINDS, matchingForm, tokenize} from '@ep23/plugin-dataset/text'

import {extractiveness} from '../../measures/index.js'

/** A run of words of the summary that stands in the source as well; offsets in UTF-16 units, ends excluded. */
export interface SharedFragment {
  summary: readonly [start: number, end: number]
  source: readonly [start: number, end: number]
}

/** Shorter runs are mostly chance: prepositions with a frequent noun. */
const FEWEST_WORDS = 3

/** The extractive fragments of Grusky et al. (2018), as places in both texts, in the order of the summary. */
export function findFragments(source: string, summary: string): SharedFragment[] {
  const [from, to] = [wordsAt(source), wordsAt(summary)]
  const {fragments} = extractiveness(
    to.map(({form}) => form),
    from.map(({form}) => form),
  )
  return fragments
    .filter(({length}) => length >= FEWEST_WORDS)
    .map(({summary: inSummary, article, length}) => ({
      summary: span(to, inSummary, length),
      source: span(from, article, length),
    }))
}

interface WordAt {
  form: string
  start: number
  end: number
}

function wordsAt(text: string): WordAt[] {
  return tokenize(text)
    .filter(({kind}) => DEFAULT_KINDS.includes(kind))
    .map(({text: token, start, end}) => ({form: matchingForm(token), start, end}))
}

function span(words: readonly WordAt[], first: number, length: number): readonly [number, number] {
  return [(words[first] as WordAt).start, (words[first + length - 1] as WordAt).end]
}
