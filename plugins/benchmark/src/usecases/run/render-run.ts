import type {GateResult} from '../../domain/assessment/verdict.js'
import type {RunResult, ScoreFacts} from '../../domain/run-result.js'
import {intervalText, significantText} from '@ep23/report/numbers'
import {tellCalibration} from '../../domain/telling/tell-gate.js'
import {tellRemarks} from '../../domain/telling/tell-run.js'
import {tellAnswers, tellRepeatPlan, tellVariance} from '../../domain/telling/tell-variance.js'
import {usageText} from '../../domain/usage.js'

/** The run for people at a terminal: the answer first, then what it rests on. */
export function renderRun(result: RunResult, folder: string): string[] {
  const {scenario, assessment, dataset, identity, run_id} = result
  const origins = Object.entries(assessment.by_origin).flatMap(([origin, {samples, scores, measured_share: share}]) => [
    '',
    `${origin}: ${samples} samples, measured share ${significantText(share)}`,
    ...Object.entries(scores).flatMap(([name, facts]) => [
      `  ${name.padEnd(18)} ${intervalText(facts.clustered_mean ?? facts.mean)}`,
      ...varianceLines(facts),
    ]),
  ])
  return [
    `${scenario.name}: ${assessment.verdict.toUpperCase()} (judge ${identity.judge.name}, ${dataset.records} samples, run ${run_id})`,
    ...assessment.gates.flatMap(gateLines),
    ...tellRemarks(result).map(({en}) => `  note: ${en}`),
    ...origins,
    '',
    ...costLines(result),
    `results: ${folder}`,
  ]
}

function gateLines({verdict, metric, statistic, reason, calibration}: GateResult): string[] {
  return [
    `  ${verdict.padEnd(10)} ${metric} ${statistic}: ${reason}`,
    ...(calibration ? [`             ${tellCalibration(calibration).en}`] : []),
  ]
}

function varianceLines(facts: ScoreFacts): string[] {
  const {variance} = facts
  if (!variance) return []
  return [`    variance: ${tellVariance(variance).en}`, `    next: ${tellRepeatPlan(variance).en}`]
}

function costLines({assessment: {usage, answers}, identity}: RunResult): string[] {
  const judging = usageText(usage)
  const writing = answers && usageText(answers.usage)
  return [
    ...(answers ? [`answers: ${tellAnswers(answers, identity.answers.model).en}`] : []),
    ...(writing === undefined ? [] : [`writing: ${writing}`]),
    ...(judging === undefined ? [] : [`judging: ${judging}`]),
  ]
}
