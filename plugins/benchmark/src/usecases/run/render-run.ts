import type {RunResult} from '../../domain/run-result.js'
import {formatInterval, formatNumber} from '../projections/format-number.js'

/** The run for people at a terminal: the answer first, then what it rests on. */
export function renderRun(result: RunResult, folder: string): string[] {
  const {scenario, assessment, dataset, identity, run_id} = result
  const origins = Object.entries(assessment.by_origin).flatMap(([origin, {samples, scores, measured_share: share}]) => [
    '',
    `${origin}: ${samples} samples, measured share ${formatNumber(share)}`,
    ...Object.entries(scores).map(
      ([name, facts]) => `  ${name.padEnd(18)} ${formatInterval(facts.clustered_mean ?? facts.mean)}`,
    ),
  ])
  return [
    `${scenario.name}: ${assessment.verdict.toUpperCase()} (judge ${identity.judge.name}, ${dataset.records} samples, run ${run_id})`,
    ...assessment.gates.map(gate => `  ${gate.verdict.padEnd(10)} ${gate.metric} ${gate.statistic}: ${gate.reason}`),
    ...origins,
    '',
    `results: ${folder}`,
  ]
}
