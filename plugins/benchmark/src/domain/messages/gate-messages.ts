import {russianCount} from '@ep23/sdk'
import {numberText, percentText} from '@ep23/report/numbers'

import type {CalibrationStatus, GateCalibration} from '../calibration-status.js'
import type {IntervalFacts} from '../interval-facts.js'
import type {GateCause, GateResult, InventedLook, MoreFacts} from '../verdict.js'
import {localizedName} from './names.js'
import {englishCount, type LocalizedText} from './localized-text.js'

type Decided = Omit<GateResult, 'verdict' | 'reason' | 'cause'>

/** Why a gate ended as it did, without the numbers that stand beside it in a table. */
export function causeMessage(gate: Decided, cause: GateCause): LocalizedText {
  const {metric, pass, warn, origin, direction, more} = gate
  const atLeast = direction === 'at_least'
  const [kept, missed] = atLeast ? ['не ниже', 'ниже'] : ['не выше', 'выше']
  switch (cause.code) {
    case 'reaches_pass':
      return {ru: `${kept} порога ${pass}`, en: `${atLeast ? 'reaches' : 'is at most'} ${pass}`}
    case 'misses_warn':
      return {
        ru: `${gate.interval.method === 'exact' ? '' : 'весь интервал '}${missed} порога ${warn}`,
        en: `${atLeast ? 'does not reach' : 'exceeds'} ${warn}`,
      }
    case 'between_thresholds':
      return {
        ru: `${kept} ${warn}, но ${missed} ${pass}`,
        en: atLeast ? `reaches ${warn} but not ${pass}` : `exceeds ${pass} but not ${warn}`,
      }
    case 'holds_threshold':
      return holdsThreshold(more)
    case 'one_channel':
      return {
        ru: 'канал один: о других каналах он не говорит ничего, нужны хотя бы два',
        en: 'one channel says nothing about others: at least two are needed',
      }
    case 'too_few_samples':
      return {
        ru: `${russianCount(gate.interval.measured, ['образец', 'образца', 'образцов'])}: меньше ${cause.fewest} не решают ничего`,
        en: `${englishCount(gate.interval.measured, 'sample')}: fewer than ${cause.fewest} decide nothing`,
      }
    case 'equal_scores':
      return {
        ru: 'порог внутри интервала: все оценки равны и не показывают, как они различаются, поэтому принят наибольший разброс',
        en: 'holds a threshold: all scores are equal and do not show how they vary, so the most is assumed',
      }
    case 'not_bounded':
      return {
        ru: 'слишком мало каналов или разных значений, чтобы сказать, насколько это точно',
        en: 'too few channels, or values that differ, to say how sure this is',
      }
    case 'missing_decide':
      return missingDecide(gate, cause.missing)
    case 'nothing_measured':
      return {ru: 'не измерено ни разу', en: `no ${metric} was measured`}
    case 'not_calibrated':
      return calibrationStatusMessage(cause.status)
    case 'looks_invented':
      return inventedLookMessage(cause.look)
    case 'no_samples':
      return {ru: `нет образцов: ${localizedName(origin).ru}`, en: `there are no ${origin} samples`}
    default: {
      const share = percentText(cause.share)
      return {
        ru: `источник показан судье не целиком в ${share} оценок`,
        en: `the judge saw only a part of the source in ${share} of the judgements`,
      }
    }
  }
}

/** `the same value for every sample`: as a clause after the name of a score. */
export function inventedLookMessage(look: InventedLook): LocalizedText {
  const looks: Readonly<Record<InventedLook, LocalizedText>> = {
    constant: {ru: 'у всех образцов одно и то же значение', en: 'every sample has the same value'},
    few_values: {ru: 'на все образцы два значения', en: 'all samples share two values'},
    equal_channels: {ru: 'у всех каналов одни и те же значения', en: 'every channel has the same values'},
  }
  const {ru, en} = looks[look]
  return {ru: `оценки не похожи на измеренные: ${ru}`, en: `the scores do not look measured: ${en}`}
}

function holdsThreshold(more: MoreFacts | null): LocalizedText {
  if (more === null)
    return {
      ru: 'порог внутри интервала, и разумным числом новых данных этого не решить',
      en: 'holds a threshold, and no sensible amount of further data would decide it',
    }
  const {ru, en} = moreDataMessage(more)
  return {
    ru: `порог внутри интервала; решили бы ещё примерно ${ru}`,
    en: `holds a threshold; about ${en} more would decide`,
  }
}

function missingDecide({with_missing: bounds}: Decided, missing: number): LocalizedText {
  const text = bounds === null ? '' : ` (${rounded(bounds.low)} … ${rounded(bounds.high)})`
  return {
    ru: `измеренное решило бы, но ${russianCount(missing, ['неизмеренный образец мог', 'неизмеренных образца могли', 'неизмеренных образцов могли'])} бы это изменить${text}`,
    en: `would be decided by what was measured, but ${missing} unmeasured ${missing === 1 ? 'sample' : 'samples'} could change it${text}`,
  }
}

/** How much more data would decide; days are those of each channel. */
export function moreDataMessage({what, count}: MoreFacts | {what: 'pairs'; count: number}): LocalizedText {
  const forms = {
    pairs: ['пара', 'пары', 'пар'],
    days: ['день в каждом канале', 'дня в каждом канале', 'дней в каждом канале'],
    channels: ['канал', 'канала', 'каналов'],
  } as const
  const en = englishCount(count, what.slice(0, -1))
  return {ru: russianCount(count, forms[what]), en: what === 'days' ? `${en} of each channel` : en}
}

/** The sentence of `run.json` (in English), Markdown and JUnit, numbers included. */
export function gateMessage(gate: Decided, cause: GateCause): LocalizedText {
  const {ru, en} = causeMessage(gate, cause)
  const hasNumber = !['nothing_measured', 'no_samples', 'source_cut'].includes(cause.code)
  const join = ['looks_invented', 'not_calibrated'].includes(cause.code) ? ': ' : ' '
  if (!hasNumber) return {ru, en}
  return {ru: `${span(gate.interval, 'без границы')}: ${ru}`, en: `${span(gate.interval, 'open')}${join}${en}`}
}

function span({estimate, low, high, method}: IntervalFacts, open: string): string {
  if (method === 'exact' || (low === null && high === null)) return rounded(estimate, open)
  return `${rounded(estimate, open)} (${rounded(low, open)} … ${rounded(high, open)})`
}

function rounded(value: number | null, open = ''): string {
  return value === null ? open : String(Number(value.toPrecision(4)))
}

/** What stands behind a gate's score, as a clause. */
export function calibrationMessage({status, spearman, rows, at}: GateCalibration): LocalizedText {
  const {ru, en} = calibrationStatusMessage(status)
  if (spearman === null || rows === null || at === null) return {ru, en}
  const {estimate, low, high} = spearman
  const bounds = low === null || high === null ? '' : ` [${numberText(low)}, ${numberText(high)}]`
  const numbers = `${numberText(estimate)}${bounds}`
  const labels = russianCount(rows, ['оценке', 'оценкам', 'оценкам'])
  return {
    ru: `${ru} (Спирмен ${numbers} по ${labels} людей, ${at.slice(0, 10)})`,
    en: `${en} (Spearman ${numbers} over ${englishCount(rows, 'label')} by people, ${at.slice(0, 10)})`,
  }
}

/** Why a gate decided as it did, and what stands behind its score. */
export function decisionMessage(gate: GateResult): LocalizedText {
  const cause = causeMessage(gate, gate.cause)
  if (!gate.calibration) return cause
  const behind = calibrationMessage(gate.calibration)
  return {ru: `${cause.ru}; ${behind.ru}`, en: `${cause.en}; ${behind.en}`}
}

function calibrationStatusMessage(status: CalibrationStatus): LocalizedText {
  const statuses: Readonly<Record<CalibrationStatus, LocalizedText>> = {
    calibrated: {ru: 'откалибрована', en: 'calibrated'},
    uncalibrated: {
      ru: 'не откалибрована: согласие с людьми не доказано',
      en: 'uncalibrated: no agreement with people is shown',
    },
    people_disagree: {
      ru: 'не откалибрована: не доказано, что люди согласны между собой, сверять судью не с чем',
      en: 'uncalibrated: that the people agree with each other is not shown, so there is nothing to hold the judge against',
    },
    other_instrument: {
      ru: 'не откалибрована: с людьми сверяли только другую модель, подсказку или версию судьи',
      en: 'uncalibrated: only another model, prompt or version of this judge was held against people',
    },
    too_few: {
      ru: 'не откалибрована: оценок людей или их источников слишком мало',
      en: 'uncalibrated: too few labels by people, or too few sources of them',
    },
    stale: {ru: 'калибровка устарела', en: 'the calibration is more than a year old'},
    none: {ru: 'не откалибрована: с людьми не сверяли', en: 'uncalibrated: never held against people'},
  }
  return statuses[status]
}
