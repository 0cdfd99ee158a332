import {numberText, probabilityText, signedText} from '@ep23/report/numbers'

import {localNumbers, russianCount, verdictText, type Cell, type Language, type TextBlock} from '@ep23/sdk'

import type {ComparedRun, Comparison, DecidedBy, MetricComparison, OriginComparison} from '../../domain/comparison.js'
import type {IntervalFacts} from '../../domain/interval-facts.js'
import {changeMessage, comparisonRemarkMessage} from '../../domain/messages/change-messages.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'
import {englishCount, wordsIn} from '../../domain/messages/localized-text.js'
import {nameIn} from '../../domain/messages/names.js'
import {verdictIn} from '../verdict-in.js'

const WORDS = {
  en: {
    ...{judge: 'judge', paired: 'paired by', decided: 'decided by', note: 'note', dropped: 'dropped'},
    ...{sample: 'sample', channel: 'channel', interval: 'interval'},
    names: ['verdict', 'metric'],
    before: ['before', 'after', 'difference'],
    after: ['by channel', 'p (Holm)', 'finds from'],
    inBoth: (aligned: number) => `${englishCount(aligned, 'sample')} in both runs`,
    alone: (before: number, after: number) => `, ${before} only before, ${after} only after`,
    flips: (worsened: number, improved: number) => `${worsened} no longer pass, ${improved} pass now, McNemar p`,
  },
  ru: {
    ...{judge: 'судья', paired: 'пары:', decided: 'решают', note: 'заметьте', dropped: 'отброшено'},
    ...{sample: 'образцы', channel: 'каналы', interval: 'интервал'},
    names: ['итог', 'метрика'],
    before: ['было', 'стало', 'разница'],
    after: ['по каналам', 'p (Холм)', 'заметно от'],
    inBoth: (aligned: number) => `${russianCount(aligned, ['образец', 'образца', 'образцов'])} в обоих запусках`,
    alone: (before: number, after: number) => `, только в первом: ${before}, только во втором: ${after}`,
    flips: (worsened: number, improved: number) =>
      `перестали проходить: ${worsened}, стали проходить: ${improved}, p Макнемара`,
  },
} as const satisfies Record<Language, object>

interface Shown {
  decidedBy: DecidedBy
  language: Language
}

/** The comparison as lines for a terminal: the answer, then what it rests on. */
export function renderComparison(comparison: Comparison, language: Language): TextBlock[] {
  const {scenario, judge, by_origin, remarks, pairing, decided_by, verdict} = comparison
  const words = WORDS[language]
  const {headline, sentences} = comparisonMessage(comparison)
  return [
    verdictText(verdict, () => wordsIn(headline, language)),
    ...sentences.map(sentence => ({text: `  ${wordsIn(sentence, language)}`})),
    '',
    {
      text: `${nameOf(comparison.before)} -> ${nameOf(comparison.after)}: ${scenario}, ${words.judge} ${judge}, ${words.paired} ${nameIn(pairing, language)}, ${words.decided} ${words[decided_by]}`,
    },
    ...Object.entries(by_origin).flatMap(([origin, found]) =>
      renderOrigin(origin, found, {decidedBy: decided_by, language}),
    ),
    ...remarks.map(remark => ({text: `${words.note}: ${wordsIn(comparisonRemarkMessage(remark), language)}`})),
  ]
}

function nameOf({name, days}: ComparedRun): string {
  return days === null ? name : `${name} (${days.from} … ${days.to})`
}

function renderOrigin(
  origin: string,
  {aligned, only_before, only_after, metrics}: OriginComparison,
  {decidedBy, language}: Shown,
): TextBlock[] {
  const words = WORDS[language]
  const percent = `${Math.round((metrics[0]?.difference.confidence ?? 0.95) * 100)} %`
  const numbers = [...words.before, `${percent} ${words.interval}`, ...words.after]
  const names = words.names.map(title => ({title, kind: 'name'}) as const)
  const alone = only_before + only_after > 0 ? words.alone(only_before, only_after) : ''
  return [
    `${nameIn(origin, language)}: ${words.inBoth(aligned)}${alone}`,
    {
      columns: [...names, ...numbers.map(title => ({title, kind: 'number'}) as const)],
      rows: metrics.map(metric => renderMetric(metric, {decidedBy, language})),
    },
    ...metrics.map(({metric, cause}) => ({
      text: `  ${nameIn(metric, language)}: ${wordsIn(changeMessage(cause), language)}`,
    })),
    ...metrics.flatMap(metric => renderFlips(metric, language)),
  ]
}

function renderMetric(metric: MetricComparison, {decidedBy, language}: Shown): Cell[] {
  const name = nameIn(metric.metric, language)
  const {difference, clustered_difference: clustered, minimum_detectable_effect: smallest} = metric
  const test = decidedBy === 'channel' ? metric.channel_test : metric.test
  return [
    verdictIn(metric.verdict, language),
    metric.dropped > 0 ? `${name} (${WORDS[language].dropped}: ${metric.dropped})` : name,
    numberText(metric.mean_before),
    numberText(metric.mean_after),
    signedText(difference.estimate),
    bounds(difference),
    clustered ? bounds(clustered) : '-',
    test ? probabilityText(test.p_holm) : '-',
    numberText(smallest),
  ]
}

function renderFlips({metric, flips}: MetricComparison, language: Language): TextBlock[] {
  if (!flips || flips.improved.length + flips.worsened.length === 0) return []
  const {threshold, improved, worsened, p} = flips
  const sign = threshold.direction === 'at_least' ? '>=' : '<='
  return [
    {
      text: `  ${nameIn(metric, language)} ${sign} ${localNumbers(String(threshold.pass), language)}: ${WORDS[language].flips(worsened.length, improved.length)} ${localNumbers(probabilityText(p), language)}`,
    },
    ...worsened
      .slice(0, 5)
      .map(
        sample =>
          `    ${sample.sample_id}: ${localNumbers(`${numberText(sample.before)} -> ${numberText(sample.after)}`, language)}`,
      ),
  ]
}

function bounds({low, high}: IntervalFacts): string {
  return low === null || high === null ? '-' : `${signedText(low)} … ${signedText(high)}`
}
