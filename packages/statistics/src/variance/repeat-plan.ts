import {requireCount} from '../measurement.js'
import type {VarianceSplit} from './variance-split.js'

export interface Repeats {
  items: number
  /** Answers per item. */
  answers: number
  /** Judgements per answer. */
  judgements: number
}

/** What one more repeat of a kind would give and cost. */
export interface RepeatOption {
  add: 'answer' | 'judge'
  /** Of the overall mean afterwards. */
  standardError: number
  extraCalls: number
  /** Share of the mean's error variance that goes away, 0 … 1. */
  gain: number
}

export interface RepeatPlan {
  /** Of the overall mean with the repeats as they are. */
  standardError: number
  options: RepeatOption[]
  /** The option with the larger gain per call; `neither` when no repeat takes away 5 %: only more items help then. */
  recommendation: 'answer' | 'judge' | 'neither'
}

const WORTH_IT = 0.05

/**
 * Which repeat to add, from the components of `varianceSplit`: the error variance of the overall mean is
 * σ²_item / I + σ²_answer / (I·A) + σ²_judge / (I·A·J). A component that was not measured counts as 0 here.
 */
export function repeatPlan(split: Pick<VarianceSplit, 'item' | 'answer' | 'judge'>, repeats: Repeats): RepeatPlan {
  requireCount(repeats.items, 'repeats.items')
  requireCount(repeats.answers, 'repeats.answers')
  requireCount(repeats.judgements, 'repeats.judgements')
  const {items, answers, judgements} = repeats
  const now = errorVariance(split, repeats)
  const option = (add: 'answer' | 'judge', after: Repeats, extraCalls: number): RepeatOption => {
    const then = errorVariance(split, after)
    return {add, standardError: Math.sqrt(then), extraCalls, gain: now > 0 ? 1 - then / now : 0}
  }
  const options = [
    option('answer', {...repeats, answers: answers + 1}, items * (1 + judgements)),
    option('judge', {...repeats, judgements: judgements + 1}, items * answers),
  ]
  return {standardError: Math.sqrt(now), options, recommendation: recommend(options)}
}

function errorVariance(
  split: Pick<VarianceSplit, 'item' | 'answer' | 'judge'>,
  {items, answers, judgements}: Repeats,
): number {
  const perAnswer = (split.answer ?? 0) + (split.judge ?? 0) / judgements
  return ((split.item ?? 0) + perAnswer / answers) / items
}

function recommend(options: readonly RepeatOption[]): RepeatPlan['recommendation'] {
  const worthIt = options.filter(({gain}) => gain >= WORTH_IT)
  const [best] = worthIt.toSorted((a, b) => b.gain / b.extraCalls - a.gain / a.extraCalls)
  return best?.add ?? 'neither'
}
