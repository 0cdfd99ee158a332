import {numberText, probabilityText, signedText} from '@ep23/report/numbers'

import type {ComparedRun, Comparison, DecidedBy, MetricComparison, OriginComparison} from '../../domain/comparison.js'
import type {IntervalFacts} from '../../domain/interval-facts.js'
import {comparisonMessage} from '../../domain/messages/comparison-message.js'

const WORDS = {worse: 'WORSE', better: 'BETTER', no_difference: 'NO DIFFERENCE', undecided: 'UNDECIDED'} as const

/** The comparison as lines for a terminal: the answer, then what it rests on. */
export function renderComparison(comparison: Comparison): string[] {
  const {scenario, judge, by_origin, notes, pairing, decided_by} = comparison
  const {headline, sentences} = comparisonMessage(comparison)
  return [
    headline.en,
    ...sentences.map(({en}) => `  ${en}`),
    '',
    `${nameOf(comparison.before)} -> ${nameOf(comparison.after)}: ${scenario}, judge ${judge}, paired by ${pairing}, decided by ${decided_by}`,
    ...Object.entries(by_origin).flatMap(([origin, found]) => renderOrigin(origin, found, decided_by)),
    ...notes.map(note => `note: ${note}`),
    `verdict: ${WORDS[comparison.verdict]}`,
  ]
}

function nameOf({name, days}: ComparedRun): string {
  return days === null ? name : `${name} (${days.from} … ${days.to})`
}

function renderOrigin(
  origin: string,
  {aligned, only_before, only_after, metrics}: OriginComparison,
  decidedBy: DecidedBy,
): string[] {
  const percent = `${Math.round((metrics[0]?.difference.confidence ?? 0.95) * 100)} %`
  const header = [
    '',
    'before',
    'after',
    'difference',
    `${percent} interval`,
    'by channel',
    'p (Holm)',
    'finds from',
    '',
  ]
  const rows = metrics.map(metric => renderMetric(metric, decidedBy))
  const alone = only_before + only_after > 0 ? `, ${only_before} only before, ${only_after} only after` : ''
  return [
    `${origin}: ${aligned} samples in both runs${alone}`,
    ...table([header, ...rows]),
    ...metrics.map(({metric, reason}) => `  ${metric}: ${reason}`),
    ...metrics.flatMap(renderFlips),
  ]
}

function renderMetric(metric: MetricComparison, decidedBy: DecidedBy): string[] {
  const {difference, clustered_difference: clustered, minimum_detectable_effect: smallest} = metric
  const test = decidedBy === 'channel' ? metric.channel_test : metric.test
  return [
    metric.dropped > 0 ? `${metric.metric} (${metric.dropped} dropped)` : metric.metric,
    numberText(metric.mean_before),
    numberText(metric.mean_after),
    signedText(difference.estimate),
    bounds(difference),
    clustered ? bounds(clustered) : '-',
    test ? probabilityText(test.p_holm) : '-',
    numberText(smallest),
    WORDS[metric.verdict],
  ]
}

function renderFlips({metric, flips}: MetricComparison): string[] {
  if (!flips || flips.improved.length + flips.worsened.length === 0) return []
  const {threshold, improved, worsened, p} = flips
  const sign = threshold.direction === 'at_least' ? '>=' : '<='
  return [
    `  ${metric} ${sign} ${threshold.pass}: ${worsened.length} no longer pass, ${improved.length} pass now, McNemar p ${probabilityText(p)}`,
    ...worsened
      .slice(0, 5)
      .map(sample => `    ${sample.sample_id}: ${numberText(sample.before)} -> ${numberText(sample.after)}`),
  ]
}

function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

function bounds({low, high}: IntervalFacts): string {
  return low === null || high === null ? '-' : `${signedText(low)} … ${signedText(high)}`
}
