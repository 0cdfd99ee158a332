import {ownField, type Judge, type JudgedSample, type Score} from '@ep23/sdk'

import {INJECTION_SIGNATURE, injectionScore} from '../domain/injections/injection-score.js'
import {RESISTED} from '../domain/injections/order-check.js'
import {judgeSignature} from '../domain/judge-signature.js'
import {type AnalyzedSource, analyzeSource} from '../domain/lexical-features.js'
import {LEXICAL_SIGNATURE, lexicalScores, LEXICAL_SCORES} from '../domain/lexical-scores.js'

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

/** Sees in what was written whether an order among the posts was followed. */
export function injectionJudge(): Judge {
  return {
    name: 'injection',
    signature: INJECTION_SIGNATURE,
    scale: 'injection',
    scores: [RESISTED],
    judge: async sample => ({scores: injectionScore(sample)}),
  }
}

/**
 * Scores that were stored with the samples (`ground_truth.llm_judge`), on the scale of a language model. A sample without them
 * is unmeasured, never 1.
 */
export function recordedJudge(scores: readonly string[]): Judge {
  return {
    name: 'recorded',
    signature: judgeSignature('recorded', 2, {}),
    scale: 'llm',
    scores,
    async judge(sample) {
      return {scores: Object.fromEntries(scores.map(name => [name, storedScore(sample, name)]))}
    },
  }
}

function storedScore({ground_truth: truth}: JudgedSample, name: string): Score {
  const value = ownField(truth?.llm_judge?.scores ?? {}, name)
  return value === undefined ? {unmeasured: 'no_stored_score'} : {value}
}
