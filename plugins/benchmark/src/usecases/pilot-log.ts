import {ownField} from '@ep23/sdk'
import {tableText} from '@ep23/report/numbers'
import type {Comparison} from '../domain/comparison.js'
import type {IntervalFacts} from '../domain/interval-facts.js'
import type {RunResult} from '../domain/run-result.js'
import {
  repeatPlanMessage,
  variancePartName,
  varianceShareText,
  VARIANCE_PARTS,
} from '../domain/messages/variance-messages.js'
import type {RefusedComparison} from './compare/compare-runs.js'

/** A file that proves something, with its hash at the time of the pilot. */
export interface Evidence {
  what: string
  path: string
  sha256: string
}

export type PilotRun = Omit<RunResult, 'files' | 'seals'> & {folder: string}

export interface Pilot {
  scenario: string
  dry_run: PilotRun
  live_run: PilotRun
  /** What the live run was compared with. */
  against: string
  comparison: Comparison | RefusedComparison
  evidence: readonly Evidence[]
  log_path: string
}

const SIGNERS = ['Data engineer', 'RAG owner', 'Tech lead'] as const

/** The pilot log: what was run, what came out, where the evidence is, and lines to sign. Nothing in it is filled in for a person. */
export function renderPilotLog({dry_run: dry, live_run: live, ...pilot}: Pilot): string {
  const {identity, dataset, hardware} = live
  return [
    `# Stage 05.03 pilot log: ${pilot.scenario}`,
    '',
    `- Date: ${live.finished_at.slice(0, 10)}`,
    `- Dataset: ${dataset.records} records (${dataset.by_origin.telegram} telegram, ${dataset.by_origin.synthetic} synthetic), root \`${dataset.merkle_root}\``,
    `- Judge: ${[identity.judge.name, identity.judge.model, identity.judge.prompt?.version].filter(Boolean).join(', ')}, \`${identity.judge.signature}\``,
    `- Hardware: ${hardware.cpu} × ${hardware.cores}, ${hardware.platform}, Node ${hardware.node}; ep23 ${live.ep23_version}`,
    '',
    '## Runs',
    '',
    ...table(['', 'Dry run', 'Live run'], runRows(dry, live)),
    '',
    '## Gates of the live run',
    '',
    ...live.assessment.gates.map(gate => `- ${gate.metric} ${gate.statistic}: **${gate.verdict}**, ${gate.reason}`),
    ...live.assessment.notes.map(note => `- Note: ${note}`),
    '',
    ...repeatLines(live),
    `## Comparison of the live run with ${pilot.against}`,
    '',
    ...comparisonLines(pilot.comparison),
    '',
    '## Evidence',
    '',
    ...table(['What', 'File', 'SHA-256'], pilot.evidence.map(evidenceRow)),
    '',
    'Every number above is computed again with `ep23 benchmark:verify FILE.tar.gz`.',
    '',
    '## Sign-off',
    '',
    ...SIGNERS.map(signer => `- [ ] ${signer}: ____________________ date: __________ decision: go / no go`),
    '',
  ].join('\n')
}

/** Where the live run's noise comes from, and what the next run should repeat. */
function repeatLines({assessment, identity}: PilotRun): string[] {
  const rows = Object.entries(assessment.by_origin).flatMap(([origin, {scores}]) =>
    Object.entries(scores).flatMap(([name, facts]) => {
      const {variance} = facts
      if (!variance) return []
      const shares = VARIANCE_PARTS.map(part => varianceShareText(part, variance).en)
      return [[`${origin} ${name}`, ...shares, repeatPlanMessage(variance).en]]
    }),
  )
  const {answers, judge_repeats: judgements} = identity
  const asked = `${answers.repeats} answers to each source${answers.model === null ? ', those of the dataset' : ` by ${answers.model}`}; ${judgements} judgements of each answer.`
  const none =
    answers.repeats * judgements > 1
      ? 'No score varies between the repeats of this run and between its samples: there is nothing to split.'
      : 'Nothing was repeated, so that nobody can tell samples, writer and judge apart: --judge-repeats 2 and --answer-repeats 2 with --answer-writer would.'
  const header = ['Score', ...VARIANCE_PARTS.map(part => variancePartName(part).en), 'Next']
  return ['## Repeats', '', asked, '', ...(rows.length === 0 ? [none] : table(header, rows)), '']
}

function runRows(dry: PilotRun, live: PilotRun): string[][] {
  const both = (name: string, of: (run: PilotRun) => string): string[] => [name, of(dry), of(live)]
  const scores = live.scenario.scores.map(score => both(score, run => scoreText(run, score)))
  return [
    both('Run', run => `\`${run.run_id}\``),
    both('Judge', run => run.identity.judge.name),
    both('Verdict', run => `**${run.assessment.verdict}**`),
    both('Samples', run => String(run.assessment.samples.samples)),
    both('Wholly measured', run => `${run.assessment.samples.measured} of ${run.assessment.samples.lines}`),
    ...scores,
    both('Latency p50 / p95, s', latencyText),
    both('Took, s', run => run.duration_seconds.toFixed(1)),
  ]
}

function scoreText({assessment}: PilotRun, score: string): string {
  const origins = Object.entries(assessment.by_origin).map(([origin, {scores}]) => {
    const facts = ownField(scores, score)
    return facts ? `${origin} ${intervalText(facts.clustered_mean ?? facts.mean)}` : `${origin} unmeasured`
  })
  return origins.join('; ') || 'unmeasured'
}

function latencyText({assessment}: PilotRun): string {
  const measured = Object.entries(assessment.by_origin).filter(
    ([, {latency_seconds}]) => latency_seconds.p50.measured > 0,
  )
  const texts = measured.map(
    ([
      origin,
      {
        latency_seconds: {p50, p95},
      },
    ]) => `${origin} ${tableText(p50.estimate)} / ${tableText(p95.estimate)}`,
  )
  return texts.join('; ') || 'not measured'
}

function comparisonLines(comparison: Comparison | RefusedComparison): string[] {
  if ('refused' in comparison)
    return ['There is none, and no number stands in for it:', '', '```', comparison.refused, '```']
  const metrics = Object.entries(comparison.by_origin).flatMap(([origin, {metrics: found}]) =>
    found.map(({metric, verdict, difference, reason}) => [
      `${origin} ${metric}`,
      verdict.replace('_', ' '),
      intervalText(difference),
      reason,
    ]),
  )
  return [
    `Verdict: **${comparison.verdict.replace('_', ' ')}**`,
    '',
    ...table(['Metric', 'Verdict', 'Difference [interval]', 'Why'], metrics),
    ...comparison.notes.map(note => `- Note: ${note}`),
  ]
}

function evidenceRow({what, path, sha256}: Evidence): string[] {
  return [what, `\`${path}\``, `\`${sha256}\``]
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [header, header.map(() => '---'), ...rows].map(
    cells => `| ${cells.map(cell => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`,
  )
}

function intervalText({estimate, low, high, measured}: IntervalFacts): string {
  if (measured === 0) return 'unmeasured'
  return low === null || high === null
    ? tableText(estimate)
    : `${tableText(estimate)} [${tableText(low)}, ${tableText(high)}]`
}
