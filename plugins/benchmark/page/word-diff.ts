import {diffArrays} from 'diff/lib/diff/array.js'

import type {SampleView} from '../src/domain/view-data.js'

/** A stretch that both digests have, or one of them. */
export interface Piece {
  kind: 'same' | 'removed' | 'added'
  before: string
  after: string
}

interface Token {
  text: string
  /** The text from this token to the next one. */
  whole: string
}

/**
 * What changed from one digest to the other, by ep23's own tokens: `diffWords` of the library tears Cyrillic words apart. Words that
 * differ in case or in ё alone are the same; both are shown as written.
 */
export function wordDiff(
  before: Pick<SampleView, 'summary' | 'tokens'>,
  after: Pick<SampleView, 'summary' | 'tokens'>,
): Piece[] {
  const [from, to] = [tokensOf(before), tokensOf(after)]
  const parts = diffArrays(from, to, {comparator: (a, b) => formOf(a.text) === formOf(b.text)})
  let [i, j] = [0, 0]
  return parts.map(({added, removed, value}) => {
    const n = value.length
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    const piece = {
      kind,
      before: added ? '' : textOf(from.slice(i, i + n)),
      after: removed ? '' : textOf(to.slice(j, j + n)),
    } as const
    if (!added) i += n
    if (!removed) j += n
    return piece
  })
}

function tokensOf({summary, tokens}: Pick<SampleView, 'summary' | 'tokens'>): Token[] {
  return tokens.map(([start, end], index) => ({
    text: summary.slice(start, end),
    whole: summary.slice(index === 0 ? 0 : start, tokens[index + 1]?.[0] ?? summary.length),
  }))
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({whole}) => whole).join('')
}

function formOf(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е')
}
