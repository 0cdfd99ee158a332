import type {MetricHandles} from '@ep23/sdk'

import type {DatasetFacts, OriginResult, RunResult} from '../../domain/run-result.js'
import {VERDICTS} from '../../domain/verdict.js'
import type {benchmarkMetrics} from '../../metrics.js'

/** Longest label value that the observability policy admits. */
const LABEL_LENGTH = 64

/**
 * Gauges follow whole live runs alone: what a part of the samples, stored scores or invented ones give would pass for the state
 * of the digests. What such a run did not measure disappears.
 */
export function recordMetrics(metrics: MetricHandles<typeof benchmarkMetrics>, result: RunResult): void {
  const scenario = result.scenario.name
  metrics.runDuration.observe({scenario}, result.duration_seconds)
  if (!isWholeLiveRun(result)) return
  const series = {scenario, judge: judgeLabel(result), dataset: datasetLabel(result.dataset)}
  for (const outcome of VERDICTS)
    metrics.runOutcome.set({...series, outcome}, outcome === result.assessment.verdict ? 1 : 0)
  metrics.gateCalibrated.clear(series)
  for (const {metric, calibration} of result.assessment.gates)
    if (calibration) metrics.gateCalibrated.set({...series, metric}, calibration.status === 'calibrated' ? 1 : 0)
  metrics.metricValue.clear(series)
  for (const [origin, shown] of Object.entries(result.assessment.by_origin)) {
    if (origin === 'synthetic') continue
    for (const [metric, value] of Object.entries(valuesOf(shown)))
      if (value !== null) metrics.metricValue.set({...series, origin, metric}, value)
  }
}

/** Every sample of real data, judged now, by a judge whose scores look measured. */
function isWholeLiveRun({dry_run, stopped_early, dataset, identity, assessment}: RunResult): boolean {
  const isWhole = !stopped_early && (dataset.left_out ?? 0) === 0
  const isReal = Object.entries(dataset.by_origin).some(([origin, records]) => origin !== 'synthetic' && records > 0)
  const looksInvented = assessment.gates.some(({cause}) => cause.code === 'looks_invented')
  return isWhole && isReal && !dry_run && identity.judge.name !== 'recorded' && !looksInvented
}

function valuesOf({scores, latency_seconds: latency, measured_share}: OriginResult): Record<string, number | null> {
  return {
    ...Object.fromEntries(Object.entries(scores).map(([name, {mean}]) => [name, mean.estimate])),
    latency_seconds: latency.p50.estimate,
    measured_share,
  }
}

/** `lexical`, `llm qwen3-32b`. */
function judgeLabel({identity: {judge}}: RunResult): string {
  return [judge.name, judge.model]
    .filter(part => part !== null)
    .join(' ')
    .slice(0, LABEL_LENGTH)
}

/** `digests` for those of the store, a file's name otherwise; of `benchmark_digest_ru_v1/latest.jsonl` that of the folder. */
function datasetLabel({kind, location, exporter}: DatasetFacts): string {
  if (kind === 'store') return exporter
  const [folder = '', file = ''] = ['', ...location.split(/[/\\]/u)].slice(-2)
  const name = file.replace(/\.jsonl?(\.gz|\.zst)?$/u, '')
  return (name === 'latest' ? folder || name : name).slice(0, LABEL_LENGTH) || exporter
}
