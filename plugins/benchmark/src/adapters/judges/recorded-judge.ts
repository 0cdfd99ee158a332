import type {JudgedSample, Judge, Score} from '@ep23/sdk'

import {judgeSignature} from '../../domain/judge-signature.js'

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
  const value = truth?.llm_judge?.scores[name]
  return value === undefined ? {unmeasured: 'no_stored_score'} : {value}
}
