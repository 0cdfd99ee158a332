import {boundsText, intervalText, numberText, significantText} from '@ep23/report/numbers'

import {verdictText, type Table, type TextBlock} from '@ep23/sdk'

import type {OriginResult, RunResult, ScoreFacts} from '../../domain/run-result.js'
import type {SampleOrigin} from '../../domain/sample-line.js'
import {calibrationMessage} from '../../domain/messages/gate-messages.js'
import {remarkMessages} from '../../domain/messages/run-messages.js'
import {
  answersMessage,
  repeatPlanMessage,
  variancePartName,
  varianceShareText,
  VARIANCE_PARTS,
  varianceMessage,
} from '../../domain/messages/variance-messages.js'
import {usageText} from '../../domain/usage.js'
import {renderGates} from '../gate-table.js'

/** `report.md`, also the job summary on GitHub. */
export function renderMarkdown(result: RunResult): string {
  const {scenario, assessment, identity, dataset, run_id} = result
  const remarks = remarkMessages(result)
  const origins = Object.entries(assessment.by_origin) as [SampleOrigin, OriginResult][]
  return [
    `# ${scenario.title}: ${assessment.verdict}`,
    `Run \`${run_id}\` · judge \`${identity.judge.signature}\` · dataset root \`${dataset.merkle_root}\` · ${dataset.records} samples`,
    gateTable(result),
    ...origins.map(originSection),
    ...answerSection(result),
    unmeasuredSection(result),
    ...usageSection(result),
    ...(remarks.length > 0 ? [remarks.map(({en}) => `- ${en}`).join('\n')] : []),
    '',
  ].join('\n\n')
}

function gateTable({assessment}: RunResult): string {
  const rows = assessment.gates.map(gate => [
    `${gate.metric} ${gate.statistic}`,
    gate.origin,
    intervalText(gate.interval),
    `${gate.direction === 'at_least' ? '≥' : '≤'} ${gate.pass} / ${gate.warn}`,
    gate.verdict,
    gate.reason,
    gate.calibration ? calibrationMessage(gate.calibration).en : '—',
  ])
  return table(['gate', 'samples', 'value', 'pass / warn', 'verdict', 'why', 'calibration'], rows)
}

function originSection([origin, {samples, measured_share: share, scores, latency_seconds: latency}]: [
  SampleOrigin,
  OriginResult,
]): string {
  const rows = Object.entries(scores).map(([name, facts]) => [
    name,
    intervalText(facts.mean),
    facts.clustered_mean ? intervalText(facts.clustered_mean) : '—',
    intervalText(facts.p10),
    significantText(facts.worst),
    `${facts.mean.measured} of ${facts.mean.measured + facts.mean.unmeasured}`,
  ])
  const heading = `## ${origin}: ${samples} samples, measured share ${significantText(share)}`
  const speed = `Latency of writing, seconds: p50 ${intervalText(latency.p50)}, p95 ${intervalText(latency.p95)}`
  return [
    heading,
    table(['score', 'mean', 'mean, clustered by channel', 'p10', 'worst', 'measured'], rows),
    ...varianceTable(scores),
    speed,
  ].join('\n\n')
}

function varianceTable(scores: OriginResult['scores']): string[] {
  const rows = Object.entries(scores).flatMap(([name, facts]) => {
    const {variance} = facts
    if (!variance) return []
    return [[name, ...VARIANCE_PARTS.map(part => varianceShareText(part, variance).en), repeatPlanMessage(variance).en]]
  })
  if (rows.length === 0) return []
  return [table(['variance of a judgement', ...VARIANCE_PARTS.map(part => variancePartName(part).en), 'next'], rows)]
}

function answerSection({assessment: {answers}, identity}: RunResult): string[] {
  return answers ? [`Answers: ${answersMessage(answers, identity.answers.model).en}`] : []
}

function usageSection({assessment: {usage, answers}}: RunResult): string[] {
  const texts = {Judging: usageText(usage), Writing: answers && usageText(answers.usage)}
  return Object.entries(texts).flatMap(([what, text]) => (text === undefined ? [] : [`${what}: ${text}`]))
}

function unmeasuredSection({assessment}: RunResult): string {
  const reasons = Object.entries(assessment.samples.unmeasured).map(([reason, count]) => `${reason} ${count}`)
  return reasons.length > 0 ? `Unmeasured judgements: ${reasons.join(', ')}` : 'Every judgement was measured.'
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The run for people at a terminal: the answer first, then what it rests on. */
export function renderRunSummary(result: RunResult, folder: string): TextBlock[] {
  const {scenario, assessment, dataset, identity, run_id} = result
  const origins = Object.entries(assessment.by_origin).flatMap(([origin, {samples, scores, measured_share: share}]) => [
    '',
    `${origin}: ${samples} samples, measured share ${significantText(share)}`,
    scoreTable(scores),
    ...Object.entries(scores).flatMap(varianceLines),
  ])
  return [
    verdictText(
      assessment.verdict,
      word => `${word}: ${scenario.name} (judge ${identity.judge.name}, ${dataset.records} samples, run ${run_id})`,
    ),
    ...renderGates(assessment.gates),
    ...remarkMessages(result).map(({en}) => ({text: `note: ${en}`})),
    ...origins,
    '',
    ...costLines(result),
    `results: ${folder}`,
  ]
}

function scoreTable(scores: OriginResult['scores']): Table {
  const numbers = (Object.values(scores)[0]?.clustered_mean ?? null) === null ? 'interval' : 'interval by channel'
  return {
    columns: [{title: 'score', kind: 'name'}, ...['mean', numbers].map(title => ({title, kind: 'number'}) as const)],
    rows: Object.entries(scores).map(([name, {mean, clustered_mean: clustered}]) => [
      name,
      numberText((clustered ?? mean).estimate),
      boundsText(clustered ?? mean),
    ]),
  }
}

function varianceLines([name, {variance}]: [string, ScoreFacts]): TextBlock[] {
  if (!variance) return []
  return [
    {text: `  variance of ${name}: ${varianceMessage(variance).en}`},
    {text: `  next: ${repeatPlanMessage(variance).en}`},
  ]
}

function costLines({assessment: {usage, answers}, identity}: RunResult): string[] {
  const judging = usageText(usage)
  const writing = answers && usageText(answers.usage)
  return [
    ...(answers ? [`answers: ${answersMessage(answers, identity.answers.model).en}`] : []),
    ...(writing === undefined ? [] : [`writing: ${writing}`]),
    ...(judging === undefined ? [] : [`judging: ${judging}`]),
  ]
}
