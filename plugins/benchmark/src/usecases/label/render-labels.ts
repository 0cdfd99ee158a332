import type {IntervalFacts} from '../../domain/interval-facts.js'
import type {LabelReportData} from './report-labels.js'
import type {LabelStatusData} from './label-status.js'
import {numbersMessage, verbatim, type Message, type Text} from '@ep23/sdk'
import {englishNameOf} from '../../domain/messages/names.js'
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
            message('alphaOf', {
              ...{measure: measure.padEnd(16), items, sources},
              alpha: numbersMessage(withBounds(alpha)),
              drift: drift ? message('byThirds', {alphas: numbersMessage(drift.map(number).join(' '))}) : '',
            }),
          ],
    ),
    ...raters.flatMap(({rater, consistency}) =>
      consistency
        .filter(({repeats}) => repeats > 0)
        .map(({measure, repeats, same, within_one}) =>
          message('sameAgain', {rater, measure, repeats, same, within: within_one}),
        ),
    ),
    ...(preferences?.differences ?? []).map(({a, b, probability, same_length}) =>
      message('preferredTo', {
        ...{a, b, share: percent(probability)},
        length: same_length ? message('lengthHeld', {share: percent(same_length)}) : '',
      }),
    ),
    ...(preferences ? [message('firstWins', {share: percent(preferences.position.first_wins)})] : []),
    ...other_rubrics.map(({rubric, labels}) => message('otherRubric', {rubric, labels})),
    ...notes.map(note => message('noteIs', {note})),
  ]
}

export function renderLabelStatus(status: LabelStatusData): Text[] {
  const {plan, mode, items, raters, revealed, sampling, labelled_items: labelled, pool} = status
  const weight = `${status.labelled_weight.toFixed(1)} ± ${status.labelled_weight_error.toFixed(1)}`
  return [
    message('planStatus', {plan, items, mode, revealed: revealed ? message('isRevealed') : ''}),
    ...(sampling === 'uncertain' && labelled > 0
      ? [message('labelledWeight', {labelled, weight: numbersMessage(weight), pool})]
      : []),
    ...raters.map(({rater, done, total, repeats}) =>
      message('raterStatus', {rater: rater.padEnd(12), done, total, repeats}),
    ),
  ]
}

function withBounds({estimate, low, high}: IntervalFacts): string {
  const bounds = low === null || high === null ? '' : ` (${number(low)} … ${number(high)})`
  return `${number(estimate)}${bounds}`
}

function percent({estimate, low, high}: Pick<IntervalFacts, 'estimate' | 'low' | 'high'>): Message {
  const of = (value: number): string => `${Math.round(100 * value)}`
  if (estimate === null) return englishNameOf('unmeasured')
  return verbatim(low === null || high === null ? `${of(estimate)} %` : `${of(estimate)} % (${of(low)} … ${of(high)})`)
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}
