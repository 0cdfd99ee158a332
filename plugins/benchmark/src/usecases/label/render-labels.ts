import type {IntervalFacts} from '../../domain/interval-facts.js'
import type {LabelReportData} from './report-labels.js'
import type {LabelStatusData} from './label-status.js'
import type {Text} from '@ep23/sdk'
import {message} from '../../words/words.js'

/** The report as lines for a terminal. */
export function renderLabelReport({
  plan,
  raters,
  agreement,
  preferences,
  other_rubrics,
  notes,
}: LabelReportData): Text[] {
  return [
    `${plan}: ${raters.map(({rater, labelled}) => `${rater} ${labelled}`).join(', ')}`,
    ...agreement.flatMap(({measure, alpha, items, sources, drift}) =>
      alpha === null
        ? []
        : [
            `${measure.padEnd(16)} alpha ${withBounds(alpha)} on ${items} items of ${sources} sources${drift ? `, by thirds ${drift.map(number).join(' ')}` : ''}`,
          ],
    ),
    ...raters.flatMap(({rater, consistency}) =>
      consistency
        .filter(({repeats}) => repeats > 0)
        .map(
          ({measure, repeats, same, within_one}) =>
            `${rater} again, ${measure}: ${same} of ${repeats} the same, ${within_one} within one step`,
        ),
    ),
    ...(preferences?.differences ?? []).map(
      ({a, b, probability, same_length}) =>
        `${a} preferred to ${b}: ${percent(probability)}${same_length ? `, length held fixed ${percent(same_length)}` : ''}`,
    ),
    ...(preferences ? [`shown first and won: ${percent(preferences.position.first_wins)}`] : []),
    ...other_rubrics.map(({rubric, labels}) => `rubric ${rubric}: ${labels} labels, apart`),
    ...notes.map(note => message('noteIs', {note})),
  ]
}

export function renderLabelStatus(status: LabelStatusData): Text[] {
  const {plan, mode, items, raters, revealed, sampling, labelled_items: labelled, pool} = status
  const weight = `${status.labelled_weight.toFixed(1)} ± ${status.labelled_weight_error.toFixed(1)}`
  return [
    `${plan}: ${items} items, ${mode}${revealed ? ', revealed' : ''}`,
    ...(sampling === 'uncertain' && labelled > 0 ? [message('labelledWeight', {labelled, weight, pool})] : []),
    ...raters.map(
      ({rater, done, total, repeats}) => `${rater.padEnd(12)} ${done} of ${total} (${repeats} hidden repeats)`,
    ),
  ]
}

function withBounds({estimate, low, high}: IntervalFacts): string {
  const bounds = low === null || high === null ? '' : ` (${number(low)} … ${number(high)})`
  return `${number(estimate)}${bounds}`
}

function percent({estimate, low, high}: Pick<IntervalFacts, 'estimate' | 'low' | 'high'>): string {
  const of = (value: number): string => `${Math.round(100 * value)}`
  if (estimate === null) return 'unmeasured'
  return low === null || high === null ? `${of(estimate)} %` : `${of(estimate)} % (${of(low)} … ${of(high)})`
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}
