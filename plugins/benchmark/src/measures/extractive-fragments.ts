import {type Measurement} from '@ep23/statistics'

/** A run of tokens that stands in both texts. */
export interface Fragment {
  /** Index of its first token in the summary. */
  summary: number
  /** Index of its first token in the article. */
  article: number
  length: number
}

export interface Extractiveness {
  /** Share of the summary's tokens that lie in a fragment, 0 … 1; undefined for an empty summary. Not fact coverage. */
  coverage: Measurement
  /** Mean squared fragment length per summary token: about how long a copied run the average token stands in. */
  density: Measurement
  /** Article tokens per summary token. */
  compression: Measurement
  fragments: Fragment[]
}

/**
 * Extractive fragments of Grusky et al. 2018 exactly as lil-lab/newsroom finds them: greedily from the summary's left the
 * longest run of the article, the first of equals; after a match the scan jumps past it, so that a longer run which begins
 * inside a match is missed. Tokens are compared as given: lower-case them first.
 */
export function extractiveness(summary: readonly string[], article: readonly string[]): Extractiveness {
  const fragments = extractiveFragments(summary, article)
  const perToken = (total: number) => (summary.length > 0 ? total / summary.length : undefined)
  return {
    coverage: perToken(fragments.reduce((sum, {length}) => sum + length, 0)),
    density: perToken(fragments.reduce((sum, {length}) => sum + length ** 2, 0)),
    compression: perToken(article.length),
    fragments,
  }
}

function extractiveFragments(summary: readonly string[], article: readonly string[]): Fragment[] {
  const places = placesOf(article)
  const fragments: Fragment[] = []
  let start = 0
  for (const [place, token] of summary.entries()) {
    if (place < start) continue
    const longest = longestFragment(summary, place, article, places.get(token) ?? [])
    if (longest) fragments.push(longest)
    start = place + (longest?.length ?? 1)
  }
  return fragments
}

/** Only places where the first token stands can begin a match, so nothing else is looked at. */
function longestFragment(
  summary: readonly string[],
  start: number,
  article: readonly string[],
  places: readonly number[],
): Fragment | undefined {
  let longest: Fragment | undefined
  let passed = 0
  for (const place of places) {
    if (place < passed) continue
    const length = matchLength(summary, start, article, place)
    if (length > (longest?.length ?? 0)) longest = {summary: start, article: place, length}
    passed = place + length
  }
  return longest
}

function matchLength(summary: readonly string[], start: number, article: readonly string[], place: number): number {
  let length = 0
  while (start + length < summary.length && summary[start + length] === article[place + length]) length++
  return length
}

function placesOf(tokens: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [place, token] of tokens.entries()) {
    const known = places.get(token)
    if (known) known.push(place)
    else places.set(token, [place])
  }
  return places
}
