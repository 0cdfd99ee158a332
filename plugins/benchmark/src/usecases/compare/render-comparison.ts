import {numberText, probabilityText, signedText} from '@ep23/report/numbers'

import {verdictText, type Cell, type TextBlock} from '@ep23/sdk'

import type {ComparedRun, Comparison, DecidedBy, MetricComparison, OriginComparison} from '../../domain/comparison.js'
import type {IntervalFacts} from '../../domain/interval-facts.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'

/** The comparison as lines for a terminal: the answer, then what it rests on. */
export function renderComparison(comparison: Comparison): TextBlock[] {
  const {scenario, judge, by_origin, notes, pairing, decided_by, verdict} = comparison
  const {headline, sentences} = comparisonMessage(comparison)
  return [
    verdictText(verdict, () => headline.en),
    ...sentences.map(({en}) => ({text: `  ${en}`})),
    '',
    {
      text: `${nameOf(comparison.before)} -> ${nameOf(comparison.after)}: ${scenario}, judge ${judge}, paired by ${pairing}, decided by ${decided_by}`,
    },
    ...Object.entries(by_origin).flatMap(([origin, found]) => renderOrigin(origin, found, decided_by)),
    ...notes.map(note => ({text: `note: ${note}`})),
  ]
}

function nameOf({name, days}: ComparedRun): string {
  return days === null ? name : `${name} (${days.from} … ${days.to})`
}

function renderOrigin(
  origin: string,
  {aligned, only_before, only_after, metrics}: OriginComparison,
  decidedBy: DecidedBy,
): TextBlock[] {
  const percent = `${Math.round((metrics[0]?.difference.confidence ?? 0.95) * 100)} %`
  const numbers = ['before', 'after', 'difference', `${percent} interval`, 'by channel', 'p (Holm)', 'finds from']
  const names = ['verdict', 'metric'].map(title => ({title, kind: 'name'}) as const)
  const alone = only_before + only_after > 0 ? `, ${only_before} only before, ${only_after} only after` : ''
  return [
    `${origin}: ${aligned} samples in both runs${alone}`,
    {
      columns: [...names, ...numbers.map(title => ({title, kind: 'number'}) as const)],
      rows: metrics.map(metric => renderMetric(metric, decidedBy)),
    },
    ...metrics.map(({metric, reason}) => ({text: `  ${metric}: ${reason}`})),
    ...metrics.flatMap(renderFlips),
  ]
}

function renderMetric(metric: MetricComparison, decidedBy: DecidedBy): Cell[] {
  const {difference, clustered_difference: clustered, minimum_detectable_effect: smallest} = metric
  const test = decidedBy === 'channel' ? metric.channel_test : metric.test
  return [
    verdictText(metric.verdict),
    metric.dropped > 0 ? `${metric.metric} (${metric.dropped} dropped)` : metric.metric,
    numberText(metric.mean_before),
    numberText(metric.mean_after),
    signedText(difference.estimate),
    bounds(difference),
    clustered ? bounds(clustered) : '-',
    test ? probabilityText(test.p_holm) : '-',
    numberText(smallest),
  ]
}

function renderFlips({metric, flips}: MetricComparison): TextBlock[] {
  if (!flips || flips.improved.length + flips.worsened.length === 0) return []
  const {threshold, improved, worsened, p} = flips
  const sign = threshold.direction === 'at_least' ? '>=' : '<='
  return [
    {
      text: `  ${metric} ${sign} ${threshold.pass}: ${worsened.length} no longer pass, ${improved.length} pass now, McNemar p ${probabilityText(p)}`,
    },
    ...worsened
      .slice(0, 5)
      .map(sample => `    ${sample.sample_id}: ${numberText(sample.before)} -> ${numberText(sample.after)}`),
  ]
}

function bounds({low, high}: IntervalFacts): string {
  return low === null || high === null ? '-' : `${signedText(low)} … ${signedText(high)}`
}
