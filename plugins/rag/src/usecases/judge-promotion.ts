import {fixedText} from '@ep23/report/numbers'
import type {TuningResult, Range} from '../domain/tuning-result.js'
import {differingPart} from '../domain/canary.js'
import type {Setting} from '../domain/tuning.js'
import type {ConfigText} from '../domain/config-yaml.js'
import {withCanary, editConfigYaml} from '../domain/edit-config-yaml.js'
import {createHash} from 'node:crypto'
import {type ConfigValues, OWNER_KEY, effectiveValues} from '../domain/config-keys.js'

export interface PromotionBar {
  /** `reranker.adaptive_threshold`. */
  mostVarianceRatio: number
  /** Older results are stale. */
  mostAgeDays: number
  now: Date
  /** `baseHash` of the configuration as it stands. */
  baseSha256: string
}

const DAY_MS = 86_400_000
/** Share of replies that could not be used: the variance ratio knows only of the others. */
const MOST_FALLBACKS = 0.05

/** Why the best setting of a tuning run may not be promoted; empty when it may. */
export function judgePromotion(
  {front, measured_since, base_sha256}: TuningResult,
  bar: PromotionBar,
): PromotionRefusal[] {
  const [{test, gain}] = front
  const days = (bar.now.getTime() - Date.parse(measured_since)) / DAY_MS
  const refusals: (PromotionRefusal | undefined)[] = [
    gain.low > 0 ? undefined : {reason: gain.high < 0 ? 'loss' : 'gain_may_be_chance', gain},
    repeatabilityRefusal(test.variance_ratio, bar.mostVarianceRatio),
    fallbackRefusal(test),
    base_sha256 === bar.baseSha256 ? undefined : {reason: 'configuration_changed'},
    days <= bar.mostAgeDays ? undefined : {reason: 'stale', days: Math.floor(days), most: bar.mostAgeDays},
  ]
  return refusals.filter(refusal => refusal !== undefined)
}

function repeatabilityRefusal(
  ratio: TuningResult['current']['variance_ratio'],
  bar: number,
): PromotionRefusal | undefined {
  if (ratio === null) return {reason: 'repeatability_unmeasured'}
  return ratio.high > bar ? {reason: 'runs_disagree', high: ratio.high, bar} : undefined
}

function fallbackRefusal({fallbacks, asked}: TuningResult['current']): PromotionRefusal | undefined {
  return fallbacks > MOST_FALLBACKS * asked ? {reason: 'replies_missing', fallbacks, asked} : undefined
}

/** The share at which a canary is over. */
export const EVERYBODY = 100

/** The configuration with this setting for a share of the users, or for everybody: then no canary is left. */
export function applyPromotion(config: ConfigText, setting: Setting, percent: number): ConfigText {
  if (percent < EVERYBODY) return withCanary(config, {percent, setting: differingPart(config.values, setting)})
  return Object.entries(setting).reduce(
    (edited, [key, value]) => editConfigYaml(edited, key, value),
    withCanary(config, null),
  )
}

/** Why a result may not be promoted, with the facts that a person would ask for. */
export type PromotionRefusal =
  | {reason: 'gain_may_be_chance' | 'loss'; gain: Range}
  | {reason: 'repeatability_unmeasured'}
  | {reason: 'runs_disagree'; high: number; bar: number}
  | {reason: 'replies_missing'; fallbacks: number; asked: number}
  | {reason: 'configuration_changed'}
  | {reason: 'stale'; days: number; most: number}

interface Sentence {
  en: string
  ru: string
}

/** One sentence in either language of the users. */
export function refusalText(refusal: PromotionRefusal): Sentence {
  if (refusal.reason === 'gain_may_be_chance' || refusal.reason === 'loss') return gainText(refusal)
  if (refusal.reason === 'runs_disagree')
    return {
      en: `repeated runs disagree: the variance ratio may be as high as ${fixedText(refusal.high)}, the bar is ${refusal.bar}`,
      ru: `повторные запуски расходятся: доля разброса может доходить до ${fixedText(refusal.high)}, допустимо ${refusal.bar}`,
    }
  if (refusal.reason === 'replies_missing')
    return {
      en: `replies of the reranker were missing: ${refusal.fallbacks} of ${refusal.asked} could not be used, at most ${100 * MOST_FALLBACKS} % may be`,
      ru: `непригодных ответов переранжирования ${refusal.fallbacks} из ${refusal.asked}, допустимо не больше ${100 * MOST_FALLBACKS} %`,
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
  const [estimate, low, high] = [gain.estimate, gain.low, gain.high].map(fixedText)
  const [en, ru] =
    reason === 'loss'
      ? ['the test queries are answered worse', 'на проверочных запросах стало хуже']
      : ['the gain on the test queries may be chance', 'выигрыш на проверочных запросах может быть случайным']
  return {
    en: `${en}: ${estimate} with an interval from ${low} to ${high}`,
    ru: `${ru}: ${estimate}, интервал от ${low} до ${high}`,
  }
}

/**
 * SHA-256, lower-case hex, of the values that everybody gets: what a tuning run starts from. Comments, the owner and a canary
 * are no part of it, so that a canary can be widened on the strength of the run that began it.
 */
export function baseHash(values: ConfigValues): string {
  const {[OWNER_KEY]: _owner, ...rest} = effectiveValues(values)
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex')
}
