import type {Calibration, RaterAgreement} from '../../domain/calibration.js'
import type {IntervalFacts} from '../../domain/interval-facts.js'
import type {TextBlock} from '@ep23/sdk'
import {message} from '../../words/words.js'

/** The calibration as lines for a terminal: the best correlated first. */
export function renderCalibration({labels, raters, notes, settings, saved}: Calibration): TextBlock[] {
  const {lowest, highest} = labels.scale
  const percent = Math.round(settings.confidence * 100)
  const interval = message('intervalOf', {percent})
  const numbers = ['Spearman', interval, 'within', 'given length', 'Kendall', 'kappa', 'alpha', 'n'].map(
    title => ({title, kind: 'number'}) as const,
  )
  return [
    message('labelsFrom', {
      labels: labels.rows,
      lowest,
      highest,
      sources: labels.groups,
      file: labels.file,
    }),
    {
      columns: [{title: 'judge', kind: 'name'}, ...numbers],
      rows: raters.map(row),
    },
    ...notes.map(note => message('noteIs', {note})),
    ...saved.map(path => message('savedIn', {path})),
  ]
}

function row({name, kind, measured, ...agreement}: RaterAgreement): string[] {
  const {
    spearman,
    kendall,
    within_groups: within,
    given_length: given,
    weighted_kappa: kappa,
    krippendorff_alpha: alpha,
  } = agreement
  return [
    kind === 'judge' ? name : `${name} (${kind})`,
    number(spearman.estimate),
    bounds(spearman),
    number(within),
    number(given),
    number(kendall),
    number(kappa),
    number(alpha.estimate),
    String(measured),
  ]
}

function bounds({low, high}: IntervalFacts): string {
  return low === null || high === null ? '-' : `${number(low)} … ${number(high)}`
}

function number(value: number | null): string {
  return value === null ? '-' : value.toFixed(2)
}
