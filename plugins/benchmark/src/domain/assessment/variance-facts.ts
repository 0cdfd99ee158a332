import {
  type Measurement,
  type RepeatedScores,
  repeatPlan,
  type VarianceShare,
  varianceShares,
  varianceSplit,
  type VarianceSplit,
} from '@ep23/statistics'
import type {VarianceFacts, VariancePart} from '../run-result.js'
import type {SampleTable} from './sample-table.js'

/** Of the resampling: the same lines give the same facts again. */
const SEED = 23

/** Null without repeats, and when every judgement is the same number. */
export function varianceFacts(repeated: RepeatedScores, table: SampleTable): VarianceFacts | null {
  if (repeated.length === 0) return null
  const {answersPerSample: answers, judgementsPerAnswer: judgements} = table
  // Answers of one text are one answer that was judged more often: no answer can differ from itself.
  const sameTexts = table.severalAnswers > 0 && table.differingAnswers === 0
  const scores = sameTexts ? repeated.map(cells => [cells.flat()]) : repeated
  const split = varianceSplit(scores)
  const shares = varianceShares(scores, {seed: SEED})
  if (split.items === 0 || shares.item.estimate === undefined) return null
  const part = (name: 'item' | 'answer' | 'judge'): VariancePart => partOf(name, split, shares[name])
  const known = sameTexts ? {...split, answer: 0} : split
  return {
    item: part('item'),
    answer: sameTexts ? {variance: 0, share: 0, low: 0, high: 0, remark: 'same_texts'} : part('answer'),
    judge: part('judge'),
    confidence: shares.confidence,
    samples: split.items,
    answers,
    judgements,
    plan: planOf(known, {items: split.items, answers, judgements}),
  }
}

function partOf(name: 'item' | 'answer' | 'judge', split: VarianceSplit, share: VarianceShare): VariancePart {
  const variance = split[name]
  const floored = split.floored.some(each => each === name)
  return {
    variance: orNull(variance),
    share: orNull(share.estimate),
    low: orNull(share.low),
    high: orNull(share.high),
    remark: variance === undefined ? 'not_estimable' : floored ? 'below_noise' : null,
  }
}

function planOf(
  split: VarianceSplit,
  repeats: {items: number; answers: number; judgements: number},
): VarianceFacts['plan'] {
  const {standardError, options, recommendation} = repeatPlan(split, repeats)
  return {
    standard_error: standardError,
    options: options.map(({add, standardError: then, extraCalls, gain}) => ({
      add,
      standard_error: then,
      extra_calls: extraCalls,
      gain,
    })),
    recommendation,
  }
}

function orNull(value: Measurement): number | null {
  return value ?? null
}
