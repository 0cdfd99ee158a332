import type {Score} from '@ep23/sdk'

import {type QuotedText, type WordAt, wordsAt} from '../../domain/quotes.js'
import {extractiveness} from '../../measures/extractive-fragments.js'

/** Where the judge's quotes stand in the source; those that do not stand there are left out. */
export function quotesIn(source: QuotedText, score: Score): (readonly [number, number])[] {
  const quotes = 'value' in score ? (score.evidence ?? []) : []
  return quotes.flatMap(quote => {
    const place = source.placeOf(quote)
    return place ? [place] : []
  })
}

/** A run of words of the summary that stands in the source as well; offsets in UTF-16 units, ends excluded. */
interface SharedFragment {
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

function span(words: readonly WordAt[], first: number, length: number): readonly [number, number] {
  return [(words[first] as WordAt).start, (words[first + length - 1] as WordAt).end]
}
