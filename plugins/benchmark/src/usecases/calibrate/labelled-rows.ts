import {ownField} from '@ep23/sdk'
import type {Split} from '../../domain/label/label-plan.js'
import {countedLabels, type LabelledPlan} from '../label/labels.js'
import {onLabelScale} from '../label/reveal-items.js'

/** A text of the plan's runs with what the judge gave it, 0 … 1. */
export interface JudgedText {
  run_id: string
  sample: {sample_id: string}
  text: string
  scores: Readonly<Record<string, number>>
}

/** A labelled digest that the judge scored. */
export interface LabelledRow {
  source: string
  /** Of the raters. */
  labels: readonly number[]
  byRater: Readonly<Record<string, number>>
  /** On the scale of the labels. */
  judge: number
  weight: number
  /** log₂ of the number of characters. */
  length: number
  key: string
}

/** The digests of a part that somebody gave this score and the judge, too. */
export function labelledRows(
  labelled: LabelledPlan,
  texts: readonly JudgedText[],
  {score, part}: {score: string; part: Split | 'all'},
): LabelledRow[] {
  const {plan, key} = labelled
  const judged = new Map(texts.map(text => [keyOf(text.run_id, text.sample.sample_id), text]))
  const labels = Map.groupBy(
    countedLabels(labelled).filter(label => label.pass === 1 && ownField(label.scores, score) !== undefined),
    ({item}) => item,
  )
  return plan.items
    .filter(({split}) => part === 'all' || split === part)
    .flatMap(({item, probability}) => {
      const keyed = ownField(key.items, item)
      const own = keyed?.texts[0]
      const text = own && judged.get(keyOf(own.run_id, own.sample_id))
      const value = text && ownField(text.scores, score)
      const byRater = Object.fromEntries(
        (labels.get(item) ?? []).map(label => [label.rater, ownField(label.scores, score) ?? 0]),
      )
      const given = Object.values(byRater)
      if (!keyed || !own || !text || value === undefined || given.length === 0) return []
      return [
        {
          source: keyed.source,
          labels: given,
          byRater,
          judge: onLabelScale(value),
          weight: 1 / probability,
          length: Math.log2(1 + text.text.length),
          key: keyOf(own.run_id, own.sample_id),
        },
      ]
    })
}

export function keyOf(run: string, sample: string): string {
  return `${run} ${sample}`
}
