import {ownField} from '@ep23/sdk'
import {bootstrapInterval, type BootstrapOptions, krippendorffAlpha, type Measurement} from '@ep23/statistics'

import {intervalFacts, type IntervalFacts} from '../../domain/interval-facts.js'
import {isNominal, type ItemLabels, type LabelledPlan, countedLabels, measuresOf, valueOf} from './labels.js'

/**
 * `measured`: alpha with its interval. `too_few`: too few items with two raters for an interval. `total`: everybody said the same of
 * everything, so that alpha does not exist. `one_rater`: nobody to agree with. `none`: nothing labelled.
 */
export type AgreementStatus = 'measured' | 'too_few' | 'total' | 'one_rater' | 'none'

/** How far raters agree on one measure. */
export interface Agreement {
  measure: string
  status: AgreementStatus
  level: 'nominal' | 'ordinal'
  /** Krippendorff's, over items with at least two raters; bootstrap over sources. */
  alpha: IntervalFacts | null
  /** With at least two raters. */
  items: number
  sources: number
  /** Alpha of earlier and later thirds of the items, by the time they were labelled; null where one has too few. */
  drift: readonly (number | null)[] | null
}

/** Fewest items with two raters whose alpha gets an interval. */
export const FEWEST_ITEMS = 10

interface Unit {
  source: string
  values: number[]
}

export function agreements(labelled: LabelledPlan, options: BootstrapOptions): Agreement[] {
  const labels = countedLabels(labelled).filter(({pass}) => pass === 1)
  return measuresOf(labelled.plan).map(measure => agreementOn(measure, labels, labelled, options))
}

function agreementOn(
  measure: string,
  labels: readonly ItemLabels[],
  {key}: LabelledPlan,
  options: BootstrapOptions,
): Agreement {
  const given = labels.flatMap(label => {
    const value = valueOf(label, measure)
    return value === undefined ? [] : [{...label, value}]
  })
  const level = isNominal(measure) ? 'nominal' : 'ordinal'
  const byItem = Map.groupBy(given, ({item}) => item)
  const units = [...byItem.entries()]
    .map(([item, own]): Unit => ({
      source: ownField(key.items, item)?.source ?? item,
      values: own.map(({value}) => value),
    }))
    .filter(({values}) => values.length > 1)
  const sources = [...Map.groupBy(units, ({source}) => source).values()]
  const counts = {measure, level, items: units.length, sources: sources.length} as const
  const nothing = {alpha: null, drift: null}
  if (given.length === 0) return {...counts, ...nothing, status: 'none'}
  if (units.length === 0) return {...counts, ...nothing, status: 'one_rater'}
  const alpha = bootstrapInterval(sources, drawn => alphaOf(drawn.flat(), level), options)
  if (alpha.estimate === undefined) return {...counts, ...nothing, status: 'total'}
  if (units.length < FEWEST_ITEMS)
    return {
      ...counts,
      status: 'too_few',
      alpha: intervalFacts({...alpha, low: undefined, high: undefined}),
      drift: null,
    }
  return {...counts, status: 'measured', alpha: intervalFacts(alpha), drift: driftOf(units, level)}
}

export function alphaOf(units: readonly {values: readonly number[]}[], level: 'nominal' | 'ordinal'): Measurement {
  return krippendorffAlpha(
    units.map(({values}) => values),
    level,
  )
}

const WINDOWS = 3

function driftOf(units: readonly Unit[], level: 'nominal' | 'ordinal'): (number | null)[] | null {
  const size = Math.floor(units.length / WINDOWS)
  if (size < FEWEST_ITEMS) return null
  return Array.from({length: WINDOWS}, (_, w) => alphaOf(units.slice(w * size, (w + 1) * size), level) ?? null)
}

/** What one rater says of an item again, when they do not know that it is one. */
export interface Consistency {
  measure: string
  /** Repeats with both values. */
  repeats: number
  same: number
  /** At most one step apart; equal to `same` for what has no order. */
  within_one: number
}

export function consistencyOf(rater: string, labelled: LabelledPlan): Consistency[] {
  const own = countedLabels(labelled).filter(label => label.rater === rater)
  const first = new Map(own.filter(({pass}) => pass === 1).map(label => [label.item, label]))
  const again = own.filter(({pass}) => pass === 2)
  return measuresOf(labelled.plan).map(measure => {
    const pairs = again.flatMap(label => {
      const before = first.get(label.item)
      const [one, two] = [before && valueOf(before, measure), valueOf(label, measure)]
      return one === undefined || two === undefined ? [] : [Math.abs(one - two)]
    })
    const same = pairs.filter(distance => distance === 0).length
    const near = isNominal(measure) ? same : pairs.filter(distance => distance <= 1).length
    return {measure, repeats: pairs.length, same, within_one: near}
  })
}
