import type {Judge} from '@ep23/sdk'

import {type AnalyzedSource, analyzeSource} from '../../domain/lexical/lexical-features.js'
import {LEXICAL_SIGNATURE, lexicalScores} from '../../domain/lexical/lexical-scores.js'
import {LEXICAL_SCORES} from '../../domain/lexical/lexical-weights.js'

/** The offline judge: documented formulas over the measures, no network, the same numbers everywhere. */
export function lexicalJudge(): Judge {
  // Several answers to one source, and several labels of one, come one after the other.
  let last: AnalyzedSource | undefined
  const analyzed = (text: string): AnalyzedSource => (last = last?.text === text ? last : analyzeSource(text))
  return {
    name: 'lexical',
    signature: LEXICAL_SIGNATURE,
    scale: 'lexical',
    scores: LEXICAL_SCORES,
    async judge(sample) {
      if (sample.summary_markdown.trim() === '')
        return {scores: Object.fromEntries(LEXICAL_SCORES.map(name => [name, {unmeasured: 'empty_summary'} as const]))}
      return {scores: lexicalScores(sample, analyzed(sample.source_text))}
    },
  }
}
