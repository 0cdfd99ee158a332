import type {Range} from './tuning-result.js'

/** Why a result may not be promoted, with the facts that a person would ask for. */
export type PromotionRefusal =
  | {reason: 'gain_may_be_chance' | 'loss'; gain: Range}
  | {reason: 'repeatability_unmeasured'}
  | {reason: 'runs_disagree'; high: number; bar: number}
  | {reason: 'configuration_changed'}
  | {reason: 'stale'; days: number; most: number}

export interface Sentence {
  en: string
  ru: string
}

/** One sentence in either language of the users. */
export function refusalText(refusal: PromotionRefusal): Sentence {
  if (refusal.reason === 'gain_may_be_chance' || refusal.reason === 'loss') return gainText(refusal)
  if (refusal.reason === 'runs_disagree')
    return {
      en: `repeated runs disagree: the variance ratio may be as high as ${fixed(refusal.high)}, the bar is ${refusal.bar}`,
      ru: `повторные запуски расходятся: доля разброса может доходить до ${fixed(refusal.high)}, допустимо ${refusal.bar}`,
    }
  if (refusal.reason === 'stale')
    return {
      en: `the result is ${refusal.days} days old, at most ${refusal.most} are allowed`,
      ru: `результату ${refusal.days} дн., допустимо не больше ${refusal.most}`,
    }
  return PLAIN[refusal.reason]
}

const PLAIN: Readonly<Record<'repeatability_unmeasured' | 'configuration_changed', Sentence>> = {
  repeatability_unmeasured: {
    en: 'the repeatability is unmeasured: too few replies of the reranker could be used',
    ru: 'повторяемость не измерена: годных ответов переранжирования слишком мало',
  },
  configuration_changed: {
    en: 'the configuration has changed since it was tuned',
    ru: 'конфигурация изменилась с тех пор, как её настраивали',
  },
}

function gainText({reason, gain}: Extract<PromotionRefusal, {gain: Range}>): Sentence {
  const [estimate, low, high] = [gain.estimate, gain.low, gain.high].map(fixed)
  const [en, ru] =
    reason === 'loss'
      ? ['the test queries are answered worse', 'на проверочных запросах стало хуже']
      : ['the gain on the test queries may be chance', 'выигрыш на проверочных запросах может быть случайным']
  return {
    en: `${en}: ${estimate} with an interval from ${low} to ${high}`,
    ru: `${ru}: ${estimate}, интервал от ${low} до ${high}`,
  }
}

const fixed = (value: number): string => value.toFixed(4)
