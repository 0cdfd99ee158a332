import {ownField, type Language, type Message} from '@ep23/sdk'
import {tableText} from '@ep23/report/numbers'
import type {Comparison} from '../domain/comparison.js'
import type {IntervalFacts} from '../domain/interval-facts.js'
import type {RunResult} from '../domain/run-result.js'
import {changeMessage, comparisonRemarkMessage} from '../domain/messages/change-messages.js'
import {localizedNumbers, wordsIn} from '../domain/messages/localized-text.js'
import {nameIn} from '../domain/messages/names.js'
import {remarkMessage} from '../domain/messages/run-messages.js'
import {
  repeatPlanMessage,
  variancePartName,
  varianceShareText,
  VARIANCE_PARTS,
} from '../domain/messages/variance-messages.js'
import {catalogue} from '../words/words.js'
import type {RefusedComparison} from './compare/compare-runs.js'
import {gateName, gateReason} from './gate-table.js'
import {markdownTable} from './run/report-markdown.js'

/** A file that proves something, with its hash at the time of the pilot. */
export interface Evidence {
  what: Message
  path: string
  sha256: string
}

export type PilotRun = Omit<RunResult, 'files' | 'seals' | 'language'> & {folder: string}

export interface Pilot {
  scenario: string
  dry_run: PilotRun
  live_run: PilotRun
  /** What the live run was compared with. */
  against: Message
  comparison: Comparison | RefusedComparison
  evidence: readonly Evidence[]
  log_path: string
}

/** The pilot log: what was run, what came out, where the evidence is, and lines to sign. Nothing in it is filled in for a person. */
export async function renderPilotLog(
  {dry_run: dry, live_run: live, ...pilot}: Pilot,
  language: Language,
): Promise<string> {
  const page = {language, words: await catalogue(language)}
  const {words} = page
  const {dataset, hardware} = live
  const evidence = pilot.evidence.map(async each => evidenceRow(each, language))
  return [
    `# ${words.pilotTitle({scenario: pilot.scenario})}`,
    '',
    `- ${words.pilotDate({day: live.finished_at.slice(0, 10)})}`,
    `- ${words.pilotDataset({...dataset.by_origin, records: dataset.records, root: dataset.merkle_root})}`,
    `- ${words.pilotJudge({judge: judgeText(live), signature: live.identity.judge.signature})}`,
    `- ${words.pilotHardware({hardware: `${hardware.cpu} × ${hardware.cores}, ${hardware.platform}, Node ${hardware.node}`})}; ep23 ${live.ep23_version}`,
    '',
    `## ${words.pilotRuns}`,
    '',
    markdownTable(['', words.pilotDryRun, words.pilotLiveRun], runRows(dry, live, page)),
    '',
    `## ${words.pilotGates}`,
    '',
    ...live.assessment.gates.map(
      gate => `- ${gateName(gate, language)}: **${nameIn(gate.verdict, language)}**, ${gateReason(gate, language)}`,
    ),
    ...live.assessment.remarks.map(remark => `- ${words.pilotNote({note: wordsIn(remarkMessage(remark), language)})}`),
    '',
    ...repeatLines(live, page),
    `## ${words.pilotComparison({against: await pilot.against.in(language)})}`,
    '',
    ...(await comparisonLines(pilot.comparison, page)),
    '',
    `## ${words.pilotEvidence}`,
    '',
    markdownTable([words.pilotWhat, words.pilotFile, 'SHA-256'], await Promise.all(evidence)),
    '',
    words.pilotVerify,
    '',
    `## ${words.pilotSignOff}`,
    '',
    ...[words.dataEngineer, words.ragOwner, words.techLead].map(signer => `- [ ] ${words.pilotSigner({signer})}`),
    '',
  ].join('\n')
}

interface Page {
  language: Language
  words: Awaited<ReturnType<typeof catalogue>>
}

function judgeText({identity: {judge}}: PilotRun): string {
  return [judge.name, judge.model, judge.prompt?.version].filter(Boolean).join(', ')
}

/** Where the live run's noise comes from, and what the next run should repeat. */
function repeatLines({assessment, identity}: PilotRun, {language, words}: Page): string[] {
  const rows = Object.entries(assessment.by_origin).flatMap(([origin, {scores}]) =>
    Object.entries(scores).flatMap(([name, {variance}]) => {
      if (!variance) return []
      const shares = VARIANCE_PARTS.map(part => wordsIn(varianceShareText(part, variance), language))
      const next = wordsIn(repeatPlanMessage(variance), language)
      return [[`${nameIn(origin, language)} ${nameIn(name, language)}`, ...shares, next]]
    }),
  )
  const {answers, judge_repeats: judgements} = identity
  const model = answers.model === null ? words.pilotOfDataset : words.pilotByModel({model: answers.model})
  const none = answers.repeats * judgements > 1 ? words.pilotNothingVaries : words.pilotNothingRepeated
  const header = [
    words.pilotScore,
    ...VARIANCE_PARTS.map(part => wordsIn(variancePartName(part), language)),
    words.pilotNext,
  ]
  return [
    `## ${words.pilotRepeats}`,
    '',
    words.pilotRepeated({answers: answers.repeats, model, judgements}),
    '',
    rows.length === 0 ? none : markdownTable(header, rows),
    '',
  ]
}

function runRows(dry: PilotRun, live: PilotRun, page: Page): string[][] {
  const {language, words} = page
  const both = (name: string, of: (run: PilotRun) => string): string[] => [name, of(dry), of(live)]
  const scores = live.scenario.scores.map(score => both(nameIn(score, language), run => scoreText(run, score, page)))
  return [
    both(words.pilotRun, run => `\`${run.run_id}\``),
    both(words.pilotJudgeName, run => run.identity.judge.name),
    both(words.pilotVerdict, run => `**${nameIn(run.assessment.verdict, language)}**`),
    both(words.pilotSamples, run => String(run.assessment.samples.samples)),
    both(words.pilotMeasured, ({assessment: {samples}}) =>
      words.partOf({part: samples.measured, whole: samples.lines}),
    ),
    ...scores,
    both(words.pilotLatency, run => latencyText(run, page)),
    both(words.pilotTook, run => localizedNumbers(run.duration_seconds.toFixed(1), language)),
  ]
}

function scoreText({assessment}: PilotRun, score: string, page: Page): string {
  const unmeasured = nameIn('unmeasured', page.language)
  const origins = Object.entries(assessment.by_origin).map(([origin, {scores}]) => {
    const facts = ownField(scores, score)
    const value = facts ? intervalText(facts.clustered_mean ?? facts.mean, page) : unmeasured
    return `${nameIn(origin, page.language)} ${value}`
  })
  return origins.join('; ') || unmeasured
}

function latencyText({assessment}: PilotRun, {language, words}: Page): string {
  const measured = Object.entries(assessment.by_origin).filter(
    ([, {latency_seconds}]) => latency_seconds.p50.measured > 0,
  )
  const texts = measured.map(([origin, {latency_seconds: latency}]) => {
    const seconds = `${tableText(latency.p50.estimate)} / ${tableText(latency.p95.estimate)}`
    return `${nameIn(origin, language)} ${localizedNumbers(seconds, language)}`
  })
  return texts.join('; ') || words.pilotNotMeasured
}

async function comparisonLines(comparison: Comparison | RefusedComparison, page: Page): Promise<string[]> {
  const {language, words} = page
  if ('refused' in comparison) return [words.pilotNoComparison, '', '```', await comparison.refused.in(language), '```']
  const metrics = Object.entries(comparison.by_origin).flatMap(([origin, {metrics: found}]) =>
    found.map(({metric, verdict, difference, cause}) => [
      `${nameIn(origin, language)} ${nameIn(metric, language)}`,
      spaced(nameIn(verdict, language)),
      intervalText(difference, page),
      wordsIn(changeMessage(cause), language),
    ]),
  )
  const {pilotMetric, pilotVerdict, pilotDifference, pilotWhy} = words
  return [
    `${pilotVerdict}: **${spaced(nameIn(comparison.verdict, language))}**`,
    '',
    markdownTable([pilotMetric, pilotVerdict, pilotDifference, pilotWhy], metrics),
    ...comparison.remarks.map(
      remark => `- ${words.pilotNote({note: wordsIn(comparisonRemarkMessage(remark), language)})}`,
    ),
  ]
}

/** `no_difference` as words. */
function spaced(verdict: string): string {
  return verdict.replace('_', ' ')
}

async function evidenceRow({what, path, sha256}: Evidence, language: Language): Promise<string[]> {
  return [await what.in(language), `\`${path}\``, `\`${sha256}\``]
}

function intervalText({estimate, low, high, measured}: IntervalFacts, {language}: Page): string {
  if (measured === 0) return nameIn('unmeasured', language)
  const bounds = low === null || high === null ? '' : ` [${tableText(low)}, ${tableText(high)}]`
  return localizedNumbers(`${tableText(estimate)}${bounds}`, language)
}
