import {intervalText, significantText} from '@ep23/report/numbers'
import type {Language} from '@ep23/sdk'

import type {OriginResult, RunResult} from '../../domain/run-result.js'
import type {SampleOrigin} from '../../domain/sample-line.js'
import {calibrationMessage} from '../../domain/messages/gate-messages.js'
import {localizedNumbers, wordsIn} from '../../domain/messages/localized-text.js'
import {localizedTitle, nameIn} from '../../domain/messages/names.js'
import {remarkMessages} from '../../domain/messages/run-messages.js'
import {
  answersMessage,
  repeatPlanMessage,
  variancePartName,
  varianceShareText,
  VARIANCE_PARTS,
} from '../../domain/messages/variance-messages.js'
import {usageText} from '../../domain/usage.js'
import {catalogue} from '../../words/words.js'
import {gateName, gateReason} from '../gate-table.js'

/** `report.md`, also the job summary on GitHub, in a person's language. */
export async function reportMarkdown(result: RunResult, language: Language): Promise<string> {
  const page = {language, words: await catalogue(language)}
  const {scenario, assessment, identity, dataset, run_id} = result
  const remarks = remarkMessages(result)
  const origins = Object.entries(assessment.by_origin) as [SampleOrigin, OriginResult][]
  return [
    `# ${wordsIn(localizedTitle(scenario), language)}: ${nameIn(assessment.verdict, language)}`,
    page.words.reportOf({
      ...{run: run_id, judge: identity.judge.signature},
      ...{root: dataset.merkle_root, samples: dataset.records},
    }),
    gateTable(result, page),
    ...origins.map(origin => originSection(origin, page)),
    ...answerSection(result, page),
    unmeasuredSection(result, page),
    ...(await usageSection(result, page)),
    ...(remarks.length > 0 ? [remarks.map(remark => `- ${wordsIn(remark, language)}`).join('\n')] : []),
    '',
  ].join('\n\n')
}

interface Page {
  language: Language
  words: Awaited<ReturnType<typeof catalogue>>
}

function gateTable({assessment}: RunResult, {language, words}: Page): string {
  const rows = assessment.gates.map(gate => [
    gateName(gate, language),
    nameIn(gate.origin, language),
    localizedNumbers(intervalText(gate.interval), language),
    localizedNumbers(`${gate.direction === 'at_least' ? '≥' : '≤'} ${gate.pass} / ${gate.warn}`, language),
    nameIn(gate.verdict, language),
    gateReason(gate, language),
    gate.calibration ? wordsIn(calibrationMessage(gate.calibration), language) : '—',
  ])
  const {reportGate, reportSamples, reportValue, reportPassWarn, reportVerdict, reportWhy, reportCalibration} = words
  const names = [reportGate, reportSamples, reportValue, reportPassWarn, reportVerdict, reportWhy, reportCalibration]
  return markdownTable(names, rows)
}

function originSection(
  [origin, {samples, measured_share: share, scores, latency_seconds: latency}]: [SampleOrigin, OriginResult],
  page: Page,
): string {
  const {language, words} = page
  const number = (text: string): string => localizedNumbers(text, language)
  const rows = Object.entries(scores).map(([name, facts]) => [
    nameIn(name, language),
    number(intervalText(facts.mean)),
    facts.clustered_mean ? number(intervalText(facts.clustered_mean)) : '—',
    number(intervalText(facts.p10)),
    number(significantText(facts.worst)),
    words.partOf({part: facts.mean.measured, whole: facts.mean.measured + facts.mean.unmeasured}),
  ])
  const {reportScore, reportMean, reportClustered, reportP10, reportWorst, reportMeasured} = words
  return [
    `## ${words.reportOrigin({origin: nameIn(origin, language), samples, share: number(significantText(share))})}`,
    markdownTable([reportScore, reportMean, reportClustered, reportP10, reportWorst, reportMeasured], rows),
    ...varianceTable(scores, page),
    words.reportLatency({p50: number(intervalText(latency.p50)), p95: number(intervalText(latency.p95))}),
  ].join('\n\n')
}

function varianceTable(scores: OriginResult['scores'], {language, words}: Page): string[] {
  const rows = Object.entries(scores).flatMap(([name, {variance}]) => {
    if (!variance) return []
    const shares = VARIANCE_PARTS.map(part => wordsIn(varianceShareText(part, variance), language))
    return [[nameIn(name, language), ...shares, wordsIn(repeatPlanMessage(variance), language)]]
  })
  if (rows.length === 0) return []
  const parts = VARIANCE_PARTS.map(part => wordsIn(variancePartName(part), language))
  return [markdownTable([words.reportVariance, ...parts, words.reportNext], rows)]
}

function answerSection({assessment: {answers}, identity}: RunResult, {language, words}: Page): string[] {
  if (!answers) return []
  return [words.reportAnswers({text: wordsIn(answersMessage(answers, identity.answers.model), language)})]
}

async function usageSection({assessment: {usage, answers}}: RunResult, {language, words}: Page): Promise<string[]> {
  const texts = [
    [words.reportJudging, usageText(usage)],
    [words.reportWriting, answers && usageText(answers.usage)],
  ] as const
  const said = texts.map(async ([what, text]) => (text ? [`${what}: ${await text.in(language)}`] : []))
  return (await Promise.all(said)).flat()
}

function unmeasuredSection({assessment}: RunResult, {language, words}: Page): string {
  const reasons = Object.entries(assessment.samples.unmeasured).map(
    ([reason, count]) => `${nameIn(reason, language)} ${count}`,
  )
  return reasons.length > 0 ? words.reportUnmeasured({reasons: reasons.join(', ')}) : words.reportAllMeasured
}

/** A table of Markdown, whatever its cells hold. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, header.map(() => '---'), ...rows].map(row => row.map(cell => cell.replaceAll('|', '\\|')))
  return cells.map(row => `| ${row.join(' | ')} |`).join('\n')
}
