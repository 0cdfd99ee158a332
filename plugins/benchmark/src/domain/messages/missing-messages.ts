import {russianCount} from '@ep23/sdk'

import type {ChangeCause, Comparison, MetricComparison} from '../comparison.js'
import {englishCount, joinTexts, type LocalizedText} from './localized-text.js'
import {localizedName} from './names.js'

/** Dropped samples that a sentence names. */
const NAMED = 3

/** What measures the dropped samples, so that they decide. */
const NEXT = 'ep23 benchmark:run --resume'

/** Why no difference is shown although all that was measured lies within the margin. */
export function missingDecide(cause: Extract<ChangeCause, {code: 'missing_decide'}>): LocalizedText {
  const {pairs, missing, samples} = cause
  const [margin, rest] = [String(Number(cause.margin.toPrecision(2))), missing > NAMED ? ', …' : '']
  const named = `(${samples.slice(0, NAMED).join(', ')}${rest})`
  const ruDropped = russianCount(missing, ['отброшенная', 'отброшенные', 'отброшенных'])
  return {
    ru: `${russianCount(pairs, ['измеренная пара', 'измеренные пары', 'измеренных пар'])} — в пределах ±${margin}, но ${ruDropped} ${named} могли бы это изменить: доизмерьте их, ${NEXT}`,
    en: `the ${englishCount(pairs, 'pair')} measured lie within ±${margin}, but the ${missing} dropped ${missing === 1 ? 'one' : 'ones'} ${named} could change that: measure what is missing, ${NEXT}`,
  }
}

/** Where a change is certain by what was measured, and what was dropped could turn it. */
export function exceptMissing(remarks: Comparison['remarks'], changed: readonly MetricComparison[]): LocalizedText[] {
  const turning = remarks.flatMap(remark => (remark.code === 'missing_could_turn' ? [remark.metric] : []))
  const names = changed.filter(({metric}) => turning.includes(metric)).map(({metric}) => localizedName(metric))
  if (names.length === 0) return []
  const list = joinTexts(names, ', ')
  return [
    {
      ru: `Но отброшенные пары могли бы это изменить (${list.ru}): доизмерьте недостающее, ${NEXT}`,
      en: `But the dropped pairs could turn it: ${list.en}; measure what is missing, ${NEXT}`,
    },
  ]
}

/** Where what was measured shows no difference, and what was dropped could make one. */
export function missingWouldTell(undecided: readonly MetricComparison[]): LocalizedText[] {
  const missing = Math.max(...undecided.map(({cause}) => (cause.code === 'missing_decide' ? cause.missing : 0)), 0)
  if (missing === 0) return []
  return [
    {
      ru: `По измеренному разницы нет, но ${russianCount(missing, ['отброшенная пара могла', 'отброшенные пары могли', 'отброшенных пар могли'])} бы её показать: доизмерьте недостающее, ${NEXT}`,
      en: `What was measured shows no difference, but ${englishCount(missing, 'dropped pair')} could: measure what is missing, ${NEXT}`,
    },
  ]
}
