import {ownField} from '@ep23/sdk'
import {LabelSession} from '../../domain/label/label-session.js'
import type {LabelItem, LabelMode, LabelPlan, PlannedItem, Showing} from '../../domain/label/label-plan.js'
import {poolEstimate} from './draw-items.js'
import {allLabels, type LabelledPlan} from './labels.js'

export interface RaterStatus {
  rater: string
  total: number
  done: number
  /** Of the rater's file. */
  lines: number
  repeats: number
  /** Showings between an item and its repeat, the smallest; null without repeats. */
  least_distance: number | null
  /** How often each writer's text stands first, names withheld; null where the key is not here. */
  shown_first: readonly number[] | null
}

export interface LabelStatusData {
  plan: string
  mode: LabelMode
  items: number
  sampling: 'uniform' | 'uncertain'
  pool: number
  /** Items that somebody labelled, of the rubric in force and not skipped. */
  labelled_items: number
  /** Σ 1/π over these: when all of the plan are labelled, an estimate of the pool's size. */
  labelled_weight: number
  /** Its standard error. */
  labelled_weight_error: number
  revealed: boolean
  raters: readonly RaterStatus[]
}

/** How far everybody is, and whether the orders are what the plan promises. */
export function labelStatus(
  {plan, rubricId: rubric, events, key}: Omit<LabelledPlan, 'key'> & {key: LabelledPlan['key'] | undefined},
  {items, revealed}: {items: ReadonlyMap<string, LabelItem>; revealed: boolean},
): LabelStatusData {
  const labelled = labelledItems(plan, rubric, events)
  const {size, standard_error} = poolEstimate(labelled.map(({probability}) => probability))
  return {
    plan: plan.name,
    mode: plan.mode,
    items: plan.items.length,
    sampling: plan.sampling,
    pool: plan.pool,
    labelled_items: labelled.length,
    labelled_weight: size,
    labelled_weight_error: standard_error,
    revealed,
    raters: Object.entries(plan.raters).map(([rater, showings]) => {
      const lines = events.get(rater) ?? []
      const session = new LabelSession({plan, rater, items, rubric}, lines)
      return {
        rater,
        total: showings.length,
        done: session.done,
        lines: lines.length,
        repeats: showings.filter(({pass}) => pass === 2).length,
        least_distance: leastDistance(showings),
        shown_first: key && plan.mode === 'pair' ? shownFirst(showings, key) : null,
      }
    }),
  }
}

function labelledItems(plan: LabelPlan, rubric: string, events: LabelledPlan['events']): PlannedItem[] {
  const known = new Set(
    allLabels({events}).flatMap(label => (label.rubric === rubric && !label.skipped ? [label.item] : [])),
  )
  return plan.items.filter(({item}) => known.has(item))
}

function leastDistance(showings: readonly Showing[]): number | null {
  const distances = showings.flatMap(({item, pass}, at) =>
    pass === 2 ? [at - showings.findIndex(other => other.item === item)] : [],
  )
  return distances.length === 0 ? null : Math.min(...distances)
}

function shownFirst(showings: readonly Showing[], key: LabelledPlan['key']): number[] {
  const writers = showings
    .filter(({pass}) => pass === 1)
    .flatMap(({item, first}) => ownField(key.items, item)?.texts[first]?.writer ?? [])
  return [...Map.groupBy(writers, writer => writer).values()].map(own => own.length).toSorted((a, b) => a - b)
}
