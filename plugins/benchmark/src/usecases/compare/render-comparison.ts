import type {Comparison, MetricComparison, OriginComparison} from '../../domain/comparison.js'
import type {IntervalFacts} from '../../domain/verdict.js'

const WORDS = {worse: 'WORSE', better: 'BETTER', no_difference: 'NO DIFFERENCE', undecided: 'UNDECIDED'} as const

/** The comparison as lines for a terminal. */
export function renderComparison(comparison: Comparison): string[] {
  const {before, after, scenario, judge, by_origin, verdict, notes, pairing} = comparison
  return [
    `${scenario}, judge ${judge}: ${before.name} -> ${after.name}, paired by ${pairing}`,
    ...Object.entries(by_origin).flatMap(([origin, found]) => renderOrigin(origin, found)),
    ...notes.map(note => `note: ${note}`),
    `verdict: ${WORDS[verdict]}`,
  ]
}

function renderOrigin(origin: string, {aligned, only_before, only_after, metrics}: OriginComparison): string[] {
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
  const rows = metrics.map(renderMetric)
  const alone = only_before + only_after > 0 ? `, ${only_before} only before, ${only_after} only after` : ''
  return [
    `${origin}: ${aligned} samples in both runs${alone}`,
    ...table([header, ...rows]),
    ...metrics.map(({metric, reason}) => `  ${metric}: ${reason}`),
    ...metrics.flatMap(renderFlips),
  ]
}

function renderMetric(metric: MetricComparison): string[] {
  const {difference, clustered_difference: clustered, test, minimum_detectable_effect: smallest} = metric
  return [
    metric.dropped > 0 ? `${metric.metric} (${metric.dropped} dropped)` : metric.metric,
    number(metric.mean_before),
    number(metric.mean_after),
    signed(difference.estimate),
    bounds(difference),
    clustered ? bounds(clustered) : '-',
    test ? probability(test.p_holm) : '-',
    number(smallest),
    WORDS[metric.verdict],
  ]
}

function renderFlips({metric, flips}: MetricComparison): string[] {
  if (!flips || flips.improved.length + flips.worsened.length === 0) return []
  const {threshold, improved, worsened, p} = flips
  const sign = threshold.direction === 'at_least' ? '>=' : '<='
  return [
    `  ${metric} ${sign} ${threshold.pass}: ${worsened.length} no longer pass, ${improved.length} pass now, McNemar p ${probability(p)}`,
    ...worsened
      .slice(0, 5)
      .map(sample => `    ${sample.sample_id}: ${number(sample.before)} -> ${number(sample.after)}`),
  ]
}

function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

function bounds({low, high}: IntervalFacts): string {
  return low === null || high === null ? '-' : `${signed(low)} … ${signed(high)}`
}

function signed(value: number | null): string {
  return value === null ? '-' : `${value > 0 ? '+' : ''}${number(value)}`
}

function number(value: number | null): string {
  return value === null ? '-' : value.toFixed(Math.abs(value) >= 10 ? 1 : 4)
}

function probability(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}
