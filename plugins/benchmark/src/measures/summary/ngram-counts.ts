import {requireCount} from '@ep23/statistics'

/** How often each n-gram of this order occurs; the key joins its tokens by a character that no token may contain. */
export function ngramCounts(tokens: readonly string[], order: number): Map<string, number> {
  requireCount(order, 'order')
  const counts = new Map<string, number>()
  for (let end = order; end <= tokens.length; end++) {
    const gram = tokens.slice(end - order, end).join('\u0000')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}
