import {mean, type Measurement} from '@ep23/statistics'
import {rougeL} from '../similarity/rouge-l.js'

/**
 * How much the sentences of one text repeat each other: for each the highest ROUGE-L F1 with any other, averaged, 0 … 1.
 * Undefined with fewer than two sentences; sentences without tokens are left out.
 */
export function sentenceRedundancy(sentences: readonly (readonly string[])[]): Measurement {
  const spoken = sentences.filter(sentence => sentence.length > 0)
  if (spoken.length < 2) return undefined
  const nearest = spoken.map(() => 0)
  for (const [i, a] of spoken.entries()) {
    for (let j = 0; j < i; j++) {
      const {f1} = rougeL(a, spoken[j]!)
      nearest[i] = Math.max(nearest[i]!, f1)
      nearest[j] = Math.max(nearest[j]!, f1)
    }
  }
  return mean(nearest)
}
