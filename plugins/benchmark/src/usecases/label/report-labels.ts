import {ownField} from '@ep23/sdk'
import type {BootstrapOptions} from '@ep23/statistics'

import type {Agreement} from './agreement.js'
import {agreements, type Consistency, consistencyOf, FEWEST_ITEMS} from './agreement.js'
import {allLabels, type LabelledPlan} from './labels.js'
import {preferences, type Preferences} from './preferences.js'

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
  notes: readonly string[]
}

export interface ReportOptions extends BootstrapOptions {
  textsOf: (item: string) => readonly string[]
  revealed: boolean
}

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

function notesOn({plan, events}: LabelledPlan, agreement: readonly Agreement[], hasOthers: boolean): string[] {
  const active = [...events.values()].filter(lines => lines.length > 0).length
  const of = (status: Agreement['status']): string =>
    agreement
      .filter(each => each.status === status)
      .map(({measure}) => measure)
      .join(', ')
  const notes: [condition: boolean, note: string][] = [
    [active === 0, 'nothing is labelled yet'],
    [active === 1, 'agreement: none, one rater'],
    [active > 1 && of('one_rater') !== '', `agreement: none on ${of('one_rater')}, no item has two raters yet`],
    [
      of('total') !== '',
      `total agreement on ${of('total')}: everybody said the same of everything, which alpha cannot measure`,
    ],
    [
      of('too_few') !== '',
      `too few items with two raters for an interval on ${of('too_few')}: ${FEWEST_ITEMS} are needed`,
    ],
    [hasOthers, 'the rubric was changed: labels under another wording are counted apart'],
    [
      plan.sampling === 'uncertain',
      'items were taken by how unsure the judge is: agreement on them is lower than on all',
    ],
  ]
  return notes.flatMap(([condition, note]) => (condition ? [note] : []))
}
