import {ownField} from '@ep23/sdk'
import {
  bradleyTerry,
  type PairedPreference,
  scoreInterval,
  strengthDifferences,
  type StrengthDifference,
} from '@ep23/statistics'

import {intervalFacts, type IntervalFacts} from '../../domain/interval-facts.js'
import {countedLabels, type ItemLabels, type LabelledPlan} from './labels.js'

/** One writer against another. */
export interface WriterDifference {
  a: string
  b: string
  /** That people prefer a; the interval is that of the strengths' difference, over sources. */
  probability: {estimate: number; low: number | null; high: number | null}
  /** The same with the lengths' ratio held fixed; null where it cannot be told apart from the writers. */
  same_length: {estimate: number; low: number | null; high: number | null} | null
  /** Holm's over all pairs. */
  p: number | null
}

export interface Preferences {
  pairs: number
  ties: number
  both_bad: number
  differences: readonly WriterDifference[]
  /** True when somebody was never beaten: half a win each way was added. */
  augmented: boolean
  position: {
    /** Share of those decided in which the text shown first won. */
    first_wins: IntervalFacts
    /** Repeats, which are shown the other way round: the same text, the same place, or a tie in one of them. */
    repeats: {same_text: number; same_place: number; other: number}
  }
}

interface Named {
  comparison: PairedPreference
  lengths: number
}

/**
 * @param textsOf the two texts of an item
 * @param nameOf what a writer is called in the report
 */
export function preferences(
  labelled: LabelledPlan,
  textsOf: (item: string) => readonly string[],
  nameOf: (writer: string) => string,
): Preferences {
  const labels = countedLabels(labelled).filter(({pair}) => pair !== undefined)
  const first = labels.filter(({pass}) => pass === 1)
  const named = first.flatMap(label => namedComparison(label, labelled, textsOf, nameOf))
  const fit = bradleyTerry(named.map(({comparison}) => comparison))
  const withLength = bradleyTerry(named.map(({comparison, lengths}) => ({...comparison, covariate: lengths})))
  const alike = new Map((withLength ? strengthDifferences(withLength) : []).map(each => [`${each.a} ${each.b}`, each]))
  const decided = first.filter(({pair}) => pair === 'first' || pair === 'second')
  return {
    pairs: first.length,
    ties: first.filter(({pair}) => pair === 'tie').length,
    both_bad: first.filter(({pair}) => pair === 'both_bad').length,
    differences: (fit ? strengthDifferences(fit) : []).map(each => ({
      a: each.a,
      b: each.b,
      probability: boundsOf(each),
      same_length: probabilityOf(alike.get(`${each.a} ${each.b}`)),
      p: each.p ?? null,
    })),
    augmented: fit?.augmented ?? false,
    position: {
      first_wins: intervalFacts(scoreInterval(decided.map(({pair}) => Number(pair === 'first')))),
      repeats: repeatsOf(labels),
    },
  }
}

function namedComparison(
  {item, pair, order}: ItemLabels,
  {key}: LabelledPlan,
  textsOf: (item: string) => readonly string[],
  nameOf: (writer: string) => string,
): Named[] {
  const keyed = ownField(key.items, item)
  const [one, two] = keyed?.texts ?? []
  if (!keyed || !one || !two || one.writer === two.writer) return []
  const firstScore = pair === 'first' ? 1 : pair === 'second' ? 0 : 0.5
  const [a = '', b = ''] = textsOf(item)
  return [
    {
      comparison: {
        a: nameOf(one.writer),
        b: nameOf(two.writer),
        score: order === 0 ? firstScore : 1 - firstScore,
        cluster: keyed.source,
      },
      lengths: Math.log((1 + a.length) / (1 + b.length)),
    },
  ]
}

function boundsOf({probability: {estimate, low, high}}: StrengthDifference): WriterDifference['probability'] {
  return {estimate, low: low ?? null, high: high ?? null}
}

function probabilityOf(difference: StrengthDifference | undefined): WriterDifference['same_length'] {
  return difference ? boundsOf(difference) : null
}

function repeatsOf(labels: readonly ItemLabels[]): Preferences['position']['repeats'] {
  const counts = {same_text: 0, same_place: 0, other: 0}
  for (const again of labels.filter(({pass}) => pass === 2)) {
    const before = labels.find(({rater, item, pass}) => pass === 1 && rater === again.rater && item === again.item)
    if (!before) continue
    const isTie = [before.pair, again.pair].some(pair => pair !== 'first' && pair !== 'second')
    if (isTie) counts.other += 1
    else if (before.pair === again.pair) counts.same_place += 1
    else counts.same_text += 1
  }
  return counts
}
