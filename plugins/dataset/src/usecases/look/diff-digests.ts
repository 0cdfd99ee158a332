import {diffArrays} from 'diff'

import {tokenize} from '../../text/index.js'
import {digestFacts} from './digest-facts.js'

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
export function renderDiff({parts, words, facts}: DigestDiff, names: {before: string; after: string}): string[] {
  const text = parts.map(({kind, text: part}) => {
    if (kind === 'same') return part
    return kind === 'added' ? `{+${part}+}` : `[-${part}-]`
  })
  return [
    `- ${names.before}`,
    `+ ${names.after}`,
    '',
    ...text.join('').trim().split('\n'),
    '',
    `words: ${words.same} the same, ${words.added} added, ${words.removed} removed`,
    `facts gained: ${facts.gained.join(', ') || 'none'}`,
    `facts lost: ${facts.lost.join(', ') || 'none'}`,
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
