import type {Measurement} from '../measurement.js'
import {itemSums, measuredScores, nestedComponents, type RepeatedScores} from './nested-anova.js'

export type {RepeatedScores} from './nested-anova.js'

export interface VarianceSplit {
  /** Between items: how much samples differ in quality. */
  item: Measurement
  /** Between answers to one item. Undefined without answer repeats; what it would be is then part of `item`. */
  answer: Measurement
  /** Between judgements of one answer. Undefined without judge repeats; what it would be is then part of `answer` or `item`. */
  judge: Measurement
  /** Components whose estimate came out negative and was set to 0: they are smaller than these data can show. */
  floored: ('item' | 'answer')[]
  items: number
  measured: number
  unmeasured: number
}

/**
 * Variance components of item / answer / judge (`nestedComponents`), exact for balanced repeats and usable when some judgements
 * are unmeasured. Negative estimates become 0 and are named.
 */
export function varianceSplit(scores: RepeatedScores): VarianceSplit {
  const sums = itemSums(scores)
  const measured = measuredScores(sums)
  const counts = {items: sums.items, measured, unmeasured: scores.flat(2).length - measured}
  if (measured === 0) return {item: undefined, answer: undefined, judge: undefined, floored: [], ...counts}
  const {item, answer, judge} = nestedComponents(sums)
  const floored = Object.entries({item, answer}).filter(([, value]) => value !== undefined && value < 0)
  return {
    item: atLeastZero(item),
    answer: atLeastZero(answer),
    judge,
    floored: floored.map(([name]) => name as 'item'),
    ...counts,
  }
}

function atLeastZero(value: Measurement): Measurement {
  return value === undefined ? undefined : Math.max(0, value)
}
