import {russianCount} from '@ep23/sdk'
import type {ChangeCause, ComparisonRemark} from '../comparison.js'
import {missingDecide} from './missing-messages.js'
import {localizedName} from './names.js'
import {englishCount, type LocalizedText} from './localized-text.js'

/** Why a metric is called worse, better, the same or undecided. */
export function changeMessage(cause: ChangeCause): LocalizedText {
  switch (cause.code) {
    case 'no_pairs':
      return {ru: 'нет образцов, измеренных в обоих запусках', en: 'no sample was measured in both runs'}
    case 'too_few_pairs': {
      const {pairs} = cause
      const ru = `${russianCount(pairs, ['пара', 'пары', 'пар'])}: слишком мало, чтобы что-то сказать`
      return {ru, en: `${englishCount(pairs, 'pair')}: too few to say anything`}
    }
    case 'one_channel':
      return {
        ru: 'канал один: общий для него сдвиг не отличить от перемены',
        en: 'there is one channel: what its days have in common cannot be told from a change',
      }
    case 'change_shown':
      return {
        ru: `p ${shown(cause.p)} < ${shown(cause.alpha)} с поправкой Холма`,
        en: `p ${shown(cause.p)} < ${shown(cause.alpha)} after Holm`,
      }
    case 'within_margin': {
      const margin = shown(cause.margin)
      return {ru: `весь интервал внутри ±${margin}`, en: `the whole interval lies within ±${margin}`}
    }
    case 'missing_decide':
      return missingDecide(cause)
    default:
      return nothingShown(cause)
  }
}

function nothingShown({pairs, channels, finds, margin}: Extract<ChangeCause, {code: 'nothing_shown'}>): LocalizedText {
  const ru = russianCount(pairs, ['пара', 'пары', 'пар'])
  const ruIn = channels === null ? '' : ` из ${russianCount(channels, ['канала', 'каналов', 'каналов'])}`
  const enIn = channels === null ? '' : ` of ${englishCount(channels, 'channel')}`
  return {
    ru: `не показаны ни перемена, ни её отсутствие: ${ru}${ruIn} находят перемену от ${shown(finds)} в 80 % случаев, а важна уже ±${shown(margin)}`,
    en: `neither a change nor its absence is shown: ${englishCount(pairs, 'pair')}${enIn} find a change of ${shown(finds)} in 80 % of cases, ±${shown(margin)} matters`,
  }
}

/** What a reader must know before believing the verdict. */
export function comparisonRemarkMessage(remark: ComparisonRemark): LocalizedText {
  switch (remark.code) {
    case 'same_run':
      return {
        ru: `С обеих сторон запуск ${remark.run_id}. Возьмите для сравнения тот, что был до изменения`,
        en: `both sides are the run ${remark.run_id}; compare with one from before the change`,
      }
    case 'different_days':
      return {
        ru: 'У сравниваемых дней разные посты: разница может идти от новостей, а не от дайджестов. Точнее ответит --pair source: те же посты, пересказанные заново',
        en: 'the days compared have different sources: a difference may come from the news and not from the digests; the same posts summarised anew (--pair source) tell more',
      }
    case 'no_real_samples':
      return {
        ru: 'Настоящих образцов нет: одни синтетические здесь ничего не решают',
        en: 'there is no real sample: synthetic ones alone decide nothing here',
      }
    case 'setting_differs': {
      const change = `${remark.what}: ${remark.before ?? '—'} -> ${remark.after ?? '—'}`
      return {ru: `Различается ${change}`, en: `differs: ${change}`}
    }
    case 'by_channel':
      return {
        ru: `Решает разброс между каналами (их ${remark.channels}): дни одного канала похожи, и общий для них сдвиг не считается переменой`,
        en: `the verdict is by channel (${remark.channels} of them): the days of a channel resemble each other, and what they have in common must not pass for a change`,
      }
    case 'few_channels': {
      const [channels, p] = [remark.channels, shown(remark.smallest_p)]
      return {
        ru: `Ответ — про эти ${russianCount(channels, ['канал', 'канала', 'каналов'])}. Для других каналов он не доказан: при таком их числе перестановки по каналам не дают p меньше ${p}`,
        en: `${channels} channels: a test by channel cannot give a p below ${p}, so the verdict is by sample and holds for these channels`,
      }
    }
    case 'missing_could_turn': {
      const [metric, verdict] = [localizedName(remark.metric), localizedName(remark.verdict)]
      const {missing} = remark
      return {
        ru: `${metric.ru}: ${verdict.ru} по измеренным парам, но ${russianCount(missing, ['отброшенная могла', 'отброшенные могли', 'отброшенных могли'])} бы это изменить`,
        en: `${remark.metric} is ${remark.verdict} by the pairs that were measured, but the ${missing} dropped ${missing === 1 ? 'one' : 'ones'} could change that`,
      }
    }
    default: {
      const [metric, verdict] = [localizedName(remark.metric), localizedName(remark.verdict)]
      return {
        ru: `${metric.ru}: ${verdict.ru} в среднем по образцам, но каналы расходятся — интервал по каналам содержит ноль`,
        en: `${remark.metric} is ${remark.verdict} by sample, but the channels disagree: the interval by channel holds zero`,
      }
    }
  }
}

function shown(value: number): string {
  return String(Number(value.toPrecision(2)))
}
