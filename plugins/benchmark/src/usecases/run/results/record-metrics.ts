import type {MetricHandles} from '@ep23/sdk'

import type {RunResult} from '../../../domain/run-result.js'
import {VERDICTS} from '../../../domain/verdict.js'
import type {benchmarkMetrics} from '../../../metrics.js'

/** Gauges show real samples; those of a run that has none show the synthetic ones. Nothing unmeasured becomes a number. */
export function recordMetrics(metrics: MetricHandles<typeof benchmarkMetrics>, result: RunResult): void {
  const scenario = result.scenario.name
  metrics.runDuration.observe({scenario}, result.duration_seconds)
  for (const outcome of VERDICTS)
    metrics.runOutcome.set({scenario, outcome}, outcome === result.assessment.verdict ? 1 : 0)
  const {telegram, synthetic} = result.assessment.by_origin
  const shown = telegram ?? synthetic
  if (!shown) return
  const values: Record<string, number | null> = {
    ...Object.fromEntries(Object.entries(shown.scores).map(([name, {mean}]) => [name, mean.estimate])),
    latency_seconds: shown.latency_seconds.p50.estimate,
    measured_share: shown.measured_share,
  }
  for (const [metric, value] of Object.entries(values))
    if (value !== null) metrics.metricValue.set({scenario, metric}, value)
}
