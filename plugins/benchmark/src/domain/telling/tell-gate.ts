import type {GateCause, GateResult, IntervalFacts, InventedLook} from '../verdict.js'
import {tellName} from './name-words.js'
import {tellCalibrationStatus} from './tell-calibration.js'
import {russianCount, type Told} from './told.js'

type Decided = Omit<GateResult, 'verdict' | 'reason' | 'cause'>

/** Why a gate ended as it did, without the numbers that stand beside it in a table. */
export function tellCause(gate: Decided, cause: GateCause): Told {
  const {metric, pass, warn, origin, direction, more_samples: more} = gate
  const [kept, missed] = direction === 'at_least' ? ['не ниже', 'ниже'] : ['не выше', 'выше']
  switch (cause.code) {
    case 'reaches_pass':
      return {ru: `${kept} порога ${pass}`, en: `reaches ${pass}`}
    case 'misses_warn':
      return {
        ru: `${gate.interval.method === 'exact' ? '' : 'весь интервал '}${missed} порога ${warn}`,
        en: `does not reach ${warn}`,
      }
    case 'between_thresholds':
      return {ru: `${kept} ${warn}, но ${missed} ${pass}`, en: `reaches ${warn} but not ${pass}`}
    case 'holds_threshold':
      return {
        ru: `порог внутри интервала${more === null ? '' : `; решили бы ещё примерно ${russianCount(more, ['образец', 'образца', 'образцов'])}`}`,
        en: `holds a threshold${more === null ? '' : `; needs about ${more} more samples`}`,
      }
    case 'nothing_measured':
      return {ru: 'не измерено ни разу', en: `no ${metric} was measured`}
    case 'not_calibrated':
      return tellCalibrationStatus(cause.status)
    case 'looks_invented':
      return tellInventedLook(cause.look)
    case 'no_samples':
      return {ru: `нет образцов: ${tellName(origin).ru}`, en: `there are no ${origin} samples`}
    default: {
      const share = `${(cause.share * 100).toFixed(1)} %`
      return {
        ru: `источник показан судье не целиком в ${share} оценок`,
        en: `the judge saw only a part of the source in ${share} of the judgements`,
      }
    }
  }
}

/** `the same value for every sample`: as a clause after the name of a score. */
export function tellInventedLook(look: InventedLook): Told {
  const looks: Readonly<Record<InventedLook, Told>> = {
    constant: {ru: 'у всех образцов одно и то же значение', en: 'every sample has the same value'},
    few_values: {ru: 'на все образцы два значения', en: 'all samples share two values'},
    equal_channels: {ru: 'у всех каналов одни и те же значения', en: 'every channel has the same values'},
  }
  const {ru, en} = looks[look]
  return {ru: `оценки не похожи на измеренные: ${ru}`, en: `the scores do not look measured: ${en}`}
}

/** The sentence of `run.json`, Markdown and JUnit, numbers included. */
export function tellGate(gate: Decided, cause: GateCause): Told {
  const {ru, en} = tellCause(gate, cause)
  const hasNumber = !['nothing_measured', 'no_samples', 'source_cut'].includes(cause.code)
  const join = ['looks_invented', 'not_calibrated'].includes(cause.code) ? ': ' : ' '
  return hasNumber ? {ru: `${span(gate.interval)}: ${ru}`, en: `${span(gate.interval)}${join}${en}`} : {ru, en}
}

function span({estimate, low, high, method}: IntervalFacts): string {
  const text = (value: number | null): string => (value === null ? 'open' : String(Number(value.toPrecision(4))))
  return method === 'exact' ? text(estimate) : `${text(estimate)} (${text(low)} … ${text(high)})`
}
