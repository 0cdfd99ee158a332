import {ownField} from '@ep23/sdk'
import {type ClaimAnswer, type LabelEvent, type PairAnswer, standing} from '../../domain/label/label-event.js'
import type {LabelKey, LabelPlan} from '../../domain/label/label-plan.js'

/** All that one rater said about one showing. */
export interface ItemLabels {
  rater: string
  item: string
  pass: 1 | 2
  /** Text that was shown first. */
  order: 0 | 1
  rubric: string
  send: boolean | undefined
  reason: string | undefined
  /** 1 … 5; what could not be judged is absent. */
  scores: Readonly<Record<string, number>>
  pair: PairAnswer | undefined
  /** What was said of each item of the text. */
  claims: ReadonlyMap<number, ClaimAnswer>
  wrong: number
  unsupported: number
  bullets: number
  missing: number | undefined
  skipped: boolean
}

/** Everything that has been said of a plan, and what is known of its items. */
export interface LabelledPlan {
  plan: LabelPlan
  key: LabelKey
  /** The rubric in force. */
  rubricId: string
  /** By rater, in the order of the lines. */
  events: ReadonlyMap<string, readonly LabelEvent[]>
}

/** What holds of a rater's lines, by showing, in the order in which they were first answered. */
export function labelsOf(rater: string, events: readonly LabelEvent[]): ItemLabels[] {
  const showings = Map.groupBy(standing(events), ({item, pass}) => `${item} ${pass}`)
  return [...showings.values()].map(own => {
    const [{item, pass, order, rubric}] = own as [LabelEvent, ...LabelEvent[]]
    const claims = own.filter(event => event.kind === 'claim')
    return {
      rater,
      item,
      pass,
      order,
      rubric,
      send: own.findLast(event => event.kind === 'send')?.value,
      reason: own.findLast(event => event.kind === 'reason')?.text,
      scores: Object.fromEntries(
        own.flatMap(event => (event.kind === 'score' && event.value > 0 ? [[event.score, event.value] as const] : [])),
      ),
      pair: own.findLast(event => event.kind === 'pair')?.value,
      claims: new Map(claims.map(({bullet, value}) => [bullet, value])),
      wrong: claims.filter(({value}) => value === 'wrong').length,
      unsupported: claims.filter(({value}) => value === 'unsupported').length,
      bullets: claims.length,
      missing: own.findLast(event => event.kind === 'missing')?.value,
      skipped: own.some(({kind}) => kind === 'skip'),
    }
  })
}

/** Of all raters by name, so that the order of files changes nothing. */
export function allLabels({events}: Pick<LabelledPlan, 'events'>): ItemLabels[] {
  return [...events.keys()].toSorted().flatMap(rater => labelsOf(rater, events.get(rater) ?? []))
}

/** Those that count: of the rubric in force, not of the warm-up, not skipped. */
export function countedLabels(labelled: LabelledPlan): ItemLabels[] {
  const warm = new Set(labelled.plan.items.filter(({warm_up}) => warm_up).map(({item}) => item))
  return allLabels(labelled).filter(
    ({item, rubric, skipped}) => rubric === labelled.rubricId && !skipped && !warm.has(item),
  )
}

/** What raters are asked in this plan that has numbers: names of the measures that agreement is told of. */
export function measuresOf({mode, scores}: LabelPlan): string[] {
  if (mode === 'pair') return ['preference']
  if (mode === 'claims') return ['wrong', 'unsupported', 'missing']
  return ['send', ...scores]
}

/** A label as a number; undefined where there is none. Pairs are of the texts, not of their places. */
export function valueOf(label: ItemLabels, measure: string): number | undefined {
  switch (measure) {
    case 'send':
      return label.send === undefined ? undefined : Number(label.send)
    case 'preference':
      return label.pair && preferenceOf(label.pair, label.order)
    case 'wrong':
    case 'unsupported':
      return label.missing === undefined ? undefined : label[measure]
    case 'missing':
      return label.missing
    default:
      return ownField(label.scores, measure)
  }
}

/** 0 or 1: that text; 2: a tie; 3: both bad. */
function preferenceOf(answer: PairAnswer, order: 0 | 1): number {
  if (answer === 'tie') return 2
  if (answer === 'both_bad') return 3
  return answer === 'first' ? order : 1 - order
}

export function isNominal(measure: string): boolean {
  return measure === 'send' || measure === 'preference'
}
