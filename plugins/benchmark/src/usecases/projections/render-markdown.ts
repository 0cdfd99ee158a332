import type {OriginResult, RunResult} from '../../domain/run-result.js'
import type {SampleOrigin} from '../../domain/sample.js'
import {formatInterval, formatNumber} from './format-number.js'

/** `report.md`, also the job summary on GitHub. */
export function renderMarkdown(result: RunResult): string {
  const {scenario, assessment, identity, dataset, run_id} = result
  const origins = Object.entries(assessment.by_origin) as [SampleOrigin, OriginResult][]
  return [
    `# ${scenario.title}: ${assessment.verdict}`,
    `Run \`${run_id}\` · judge \`${identity.judge.signature}\` · dataset root \`${dataset.merkle_root}\` · ${dataset.records} samples`,
    gateTable(result),
    ...origins.map(originSection),
    unmeasuredSection(result),
    ...(assessment.notes.length > 0 ? [assessment.notes.map(note => `- ${note}`).join('\n')] : []),
    '',
  ].join('\n\n')
}

function gateTable({assessment}: RunResult): string {
  const rows = assessment.gates.map(gate => [
    `${gate.metric} ${gate.statistic}`,
    gate.origin,
    formatInterval(gate.interval),
    `${gate.direction === 'at_least' ? '≥' : '≤'} ${gate.pass} / ${gate.warn}`,
    gate.verdict,
    gate.reason,
  ])
  return table(['gate', 'samples', 'value', 'pass / warn', 'verdict', 'why'], rows)
}

function originSection([origin, {samples, measured_share: share, scores, latency_seconds: latency}]: [
  SampleOrigin,
  OriginResult,
]): string {
  const rows = Object.entries(scores).map(([name, facts]) => [
    name,
    formatInterval(facts.mean),
    facts.clustered_mean ? formatInterval(facts.clustered_mean) : '—',
    formatInterval(facts.p10),
    formatNumber(facts.worst),
    `${facts.mean.measured} of ${facts.mean.measured + facts.mean.unmeasured}`,
  ])
  const heading = `## ${origin}: ${samples} samples, measured share ${formatNumber(share)}`
  const speed = `Latency of writing, seconds: p50 ${formatInterval(latency.p50)}, p95 ${formatInterval(latency.p95)}`
  return [
    heading,
    table(['score', 'mean', 'mean, clustered by channel', 'p10', 'worst', 'measured'], rows),
    speed,
  ].join('\n\n')
}

function unmeasuredSection({assessment}: RunResult): string {
  const reasons = Object.entries(assessment.samples.unmeasured).map(([reason, count]) => `${reason} ${count}`)
  return reasons.length > 0 ? `Unmeasured judgements: ${reasons.join(', ')}` : 'Every judgement was measured.'
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}
