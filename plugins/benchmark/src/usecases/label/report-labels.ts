import {ownField} from '@ep23/sdk'
import type {BootstrapOptions} from '@ep23/statistics'

import type {Agreement} from './agreement.js'
import {agreements, type Consistency, consistencyOf, FEWEST_ITEMS} from './agreement.js'
import {allLabels, type LabelledPlan} from './labels.js'
import {preferences, type Preferences} from './preferences.js'
import {message} from '../../words/words.js'
import type {Message} from '@ep23/sdk'

export interface LabelReportData {
  plan: string
  mode: LabelledPlan['plan']['mode']
  rubric: string
  revealed: boolean
  raters: readonly {rater: string; labelled: number; skipped: number; consistency: readonly Consistency[]}[]
  agreement: readonly Agreement[]
  /** Of plans of pairs. */
  preferences: Preferences | null
  /** Labels under another wording of the rubric: counted nowhere above. */
  other_rubrics: readonly {rubric: string; labels: number}[]
  notes: readonly Message[]
}

export interface ReportOptions extends BootstrapOptions {
  textsOf: (item: string) => readonly string[]
  revealed: boolean
}

/** Fewer do not show how people differ in what they prefer: a habit of one is then a share of all. */
const FEWEST_RATERS = 5

/** What the labels of a plan say, whoever's file was read first. */
export function reportLabels(
  labelled: LabelledPlan,
  {textsOf, revealed, ...bootstrap}: ReportOptions,
): LabelReportData {
  const {plan, rubricId, events} = labelled
  const labels = allLabels(labelled)
  const agreement = agreements(labelled, bootstrap)
  const others = Map.groupBy(
    labels.filter(({rubric}) => rubric !== rubricId),
    ({rubric}) => rubric,
  )
  return {
    plan: plan.name,
    mode: plan.mode,
    rubric: rubricId,
    revealed,
    raters: [...events.keys()].toSorted().map(rater => {
      const own = labels.filter(label => label.rater === rater)
      const skipped = own.filter(label => label.skipped).length
      return {rater, labelled: own.length - skipped, skipped, consistency: consistencyOf(rater, labelled)}
    }),
    agreement,
    preferences:
      plan.mode === 'pair' ? preferences(labelled, textsOf, revealed ? name => name : maskOf(labelled)) : null,
    other_rubrics: [...others].map(([rubric, own]) => ({rubric, labels: own.length})),
    notes: notesOn(labelled, agreement, others.size > 0),
  }
}

/** Until the plan is revealed, writers are called by letters in an order that says nothing. */
function maskOf({key, plan}: LabelledPlan): (writer: string) => string {
  const writers = [
    ...new Set(plan.items.flatMap(({item}) => ownField(key.items, item)?.texts.map(({writer}) => writer) ?? [])),
  ]
  return writer => `writer ${String.fromCodePoint(0x41 + writers.indexOf(writer))}`
}

function notesOn({plan, events}: LabelledPlan, agreement: readonly Agreement[], hasOthers: boolean): Message[] {
  const active = [...events.values()].filter(lines => lines.length > 0).length
  const of = (status: Agreement['status']): string =>
    agreement
      .filter(each => each.status === status)
      .map(({measure}) => measure)
      .join(', ')
  const notes: [condition: boolean, note: Message][] = [
    [active === 0, message('nothingLabelled')],
    [active === 1, message('agreementOne')],
    [active > 1 && of('one_rater') !== '', message('agreementNone', {measures: of('one_rater')})],
    [of('total') !== '', message('totalAgreement', {measures: of('total')})],
    [of('too_few') !== '', message('tooFewItems', {measures: of('too_few'), fewest: FEWEST_ITEMS})],
    [plan.mode === 'pair' && active > 0 && active < FEWEST_RATERS, message('fewRaters', {raters: active})],
    [hasOthers, message('rubricChanged')],
    [plan.sampling === 'uncertain', message('byUnsure')],
  ]
  return notes.flatMap(([condition, note]) => (condition ? [note] : []))
}
