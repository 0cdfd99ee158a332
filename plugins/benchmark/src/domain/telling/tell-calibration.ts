import type {CalibrationStatus, GateCalibration} from '../score-calibration.js'
import {numberText} from './number-text.js'
import {englishCount, russianCount, type Told} from './told.js'

/** What stands behind a gate's score, as a clause. */
export function tellCalibration({status, spearman, rows, at}: GateCalibration): Told {
  const {ru, en} = tellCalibrationStatus(status)
  if (spearman === null || rows === null || at === null) return {ru, en}
  const numbers = `${numberText(spearman.estimate)} [${numberText(spearman.low)}, ${numberText(spearman.high)}]`
  const labels = russianCount(rows, ['оценке', 'оценкам', 'оценкам'])
  return {
    ru: `${ru} (Спирмен ${numbers} по ${labels} людей, ${at.slice(0, 10)})`,
    en: `${en} (Spearman ${numbers} over ${englishCount(rows, 'label')} by people, ${at.slice(0, 10)})`,
  }
}

export function tellCalibrationStatus(status: CalibrationStatus): Told {
  const statuses: Readonly<Record<CalibrationStatus, Told>> = {
    calibrated: {ru: 'откалибрована', en: 'calibrated'},
    uncalibrated: {
      ru: 'не откалибрована: связь с оценками людей не доказана',
      en: 'uncalibrated: no correlation with people is shown',
    },
    other_instrument: {
      ru: 'не откалибрована: с людьми сверяли только другую модель, подсказку или версию судьи',
      en: 'uncalibrated: only another model, prompt or version of this judge was held against people',
    },
    too_few: {ru: 'не откалибрована: слишком мало оценок людей', en: 'uncalibrated: too few labels by people'},
    stale: {ru: 'калибровка устарела', en: 'the calibration is more than a year old'},
    none: {ru: 'не откалибрована: с людьми не сверяли', en: 'uncalibrated: never held against people'},
  }
  return statuses[status]
}
