import {isMeasured, type JudgedSample} from '@ep23/sdk'
import {averageRanks, mean} from '@ep23/statistics'

import {analyzeSource, type AnalyzedSource} from '../../domain/lexical-features.js'
import {lexicalScores} from '../../domain/lexical-scores.js'
import type {RunText} from './candidates.js'

/**
 * How unsure the judge is of each text: the spread of its repeats or, where it was asked once, how far its rank of the text lies from
 * the rank that mere words give it, as a share of all texts.
 */
export function withDoubts<T extends RunText & {scores: Readonly<Record<string, number>>}>(texts: readonly T[]): T[] {
  if (texts.some(({uncertainty}) => uncertainty !== undefined)) return [...texts]
  const sources = new Map<string, AnalyzedSource>()
  const lexical = texts.map(({sample, text}) => {
    const source = sources.get(sample.source_text) ?? analyzeSource(sample.source_text)
    sources.set(sample.source_text, source)
    const judged = {...sample, summary_markdown: text, metadata: {}} as unknown as JudgedSample
    return meanOf(
      Object.values(lexicalScores(judged, source)).flatMap(score => (isMeasured(score) ? [score.value] : [])),
    )
  })
  const [own, words] = [averageRanks(texts.map(({scores}) => meanOf(Object.values(scores)))), averageRanks(lexical)]
  return texts.map((text, i) => ({...text, uncertainty: Math.abs((own[i] ?? 0) - (words[i] ?? 0)) / texts.length}))
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(values)
}
