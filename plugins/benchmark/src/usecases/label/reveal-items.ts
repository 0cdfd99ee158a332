import {ownField} from '@ep23/sdk'
import {mean} from '@ep23/statistics'

import {countedLabels, type LabelledPlan} from './labels.js'

/** The judge's scores of a text, 0 … 1. */
export type JudgeScores = (text: {run_id: string; sample_id: string}) => Readonly<Record<string, number>>

/** A score on which judge and people differ. */
export interface Disagreement {
  item: string
  sample_id: string
  writer: string
  score: string
  /** On the people's scale, 1 … 5. */
  judge: number
  /** Mean of the raters. */
  people: number
  reasons: readonly string[]
}

export interface RevealData {
  plan: string
  revealed_at: string
  items: readonly {item: string; writers: readonly string[]; sample_id: string}[]
  /** The largest difference first. */
  disagreements: readonly Disagreement[]
}

/** A judge's 0 … 1 on the scale of the labels. */
export function onLabelScale(value: number): number {
  return 1 + 4 * value
}

export function revealItems(labelled: LabelledPlan, scoresOf: JudgeScores, revealedAt: string): RevealData {
  const {plan, key} = labelled
  return {
    plan: plan.name,
    revealed_at: revealedAt,
    items: plan.items.map(({item}) => {
      const texts = ownField(key.items, item)?.texts ?? []
      return {item, writers: texts.map(({writer}) => writer), sample_id: texts[0]?.sample_id ?? ''}
    }),
    disagreements: disagreements(labelled, scoresOf),
  }
}

function disagreements(labelled: LabelledPlan, scoresOf: JudgeScores): Disagreement[] {
  const {plan, key} = labelled
  const byItem = Map.groupBy(
    countedLabels(labelled).filter(({pass}) => pass === 1),
    ({item}) => item,
  )
  const found = [...byItem].flatMap(([item, labels]) => {
    const text = ownField(key.items, item)?.texts[0]
    if (!text) return []
    const scores = scoresOf(text)
    return plan.scores.flatMap(score => {
      const given = labels.flatMap(label => ownField(label.scores, score) ?? [])
      const value = ownField(scores, score)
      if (value === undefined || given.length === 0) return []
      const people = mean(given)
      const reasons = labels.flatMap(({reason}) => (reason ? [reason] : []))
      const {sample_id, writer} = text
      return [{item, sample_id, writer, score, judge: onLabelScale(value), people, reasons}]
    })
  })
  return found.toSorted(
    (a, b) => Math.abs(b.judge - b.people) - Math.abs(a.judge - a.people) || (a.item < b.item ? -1 : 1),
  )
}
