import {boundsText, intervalText, numberText, significantText} from '@ep23/report/numbers'

import {joined, localNumbers, russianCount, type Language, type Table, type Text, type TextBlock} from '@ep23/sdk'

import type {OriginResult, RunResult, ScoreFacts} from '../../domain/run-result.js'
import type {SampleOrigin} from '../../domain/sample-line.js'
import {calibrationMessage} from '../../domain/messages/gate-messages.js'
import {englishCount, wordsIn} from '../../domain/messages/localized-text.js'
import {nameIn} from '../../domain/messages/names.js'
import {verdictIn} from '../verdict-in.js'
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
  return Object.entries(texts).flatMap(([what, text]) => (text === undefined ? [] : [`${what}: ${text.english}`]))
}

function unmeasuredSection({assessment}: RunResult): string {
  const reasons = Object.entries(assessment.samples.unmeasured).map(([reason, count]) => `${reason} ${count}`)
  return reasons.length > 0 ? `Unmeasured judgements: ${reasons.join(', ')}` : 'Every judgement was measured.'
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

const WORDS = {
  en: {
    ...{judge: 'judge', run: 'run', share: 'measured share', note: 'note', results: 'results'},
    ...{variance: 'variance of', next: 'next', answers: 'answers', writing: 'writing', judging: 'judging'},
    ...{score: 'score', mean: 'mean', interval: 'interval', byChannel: 'interval by channel'},
  },
  ru: {
    ...{judge: 'судья', run: 'запуск', share: 'доля измеренных', note: 'заметьте', results: 'результаты'},
    ...{variance: 'разброс,', next: 'дальше', answers: 'ответы', writing: 'написание', judging: 'оценка'},
    ...{score: 'оценка', mean: 'среднее', interval: 'интервал', byChannel: 'интервал по каналам'},
  },
} as const satisfies Record<Language, object>

function samplesIn(count: number, language: Language): string {
  return language === 'ru' ? russianCount(count, ['образец', 'образца', 'образцов']) : englishCount(count, 'sample')
}

/** The run for people at a terminal: the answer first, then what it rests on. */
export function renderRunSummary(result: RunResult, folder: string, language: Language): TextBlock[] {
  const words = WORDS[language]
  const {scenario, assessment, dataset, identity, run_id} = result
  const origins = Object.entries(assessment.by_origin).flatMap(([origin, {samples, scores, measured_share: share}]) => [
    '',
    `${nameIn(origin, language)}: ${samplesIn(samples, language)}, ${words.share} ${localNumbers(significantText(share), language)}`,
    scoreTable(scores, language),
    ...Object.entries(scores).flatMap(score => varianceLines(score, language)),
  ])
  return [
    verdictIn(
      assessment.verdict,
      language,
      word =>
        `${word}: ${scenario.name} (${words.judge} ${identity.judge.name}, ${samplesIn(dataset.records, language)}, ${words.run} ${run_id})`,
    ),
    ...renderGates(assessment.gates, language),
    ...remarkMessages(result).map(remark => ({text: `${words.note}: ${wordsIn(remark, language)}`})),
    ...origins,
    '',
    ...costLines(result, language),
    `${words.results}: ${folder}`,
  ]
}

function scoreTable(scores: OriginResult['scores'], language: Language): Table {
  const words = WORDS[language]
  const isByChannel = (Object.values(scores)[0]?.clustered_mean ?? null) !== null
  const numbers = [words.mean, isByChannel ? words.byChannel : words.interval]
  return {
    columns: [{title: words.score, kind: 'name'}, ...numbers.map(title => ({title, kind: 'number'}) as const)],
    rows: Object.entries(scores).map(([name, {mean, clustered_mean: clustered}]) => [
      nameIn(name, language),
      numberText((clustered ?? mean).estimate),
      boundsText(clustered ?? mean),
    ]),
  }
}

function varianceLines([name, {variance}]: [string, ScoreFacts], language: Language): TextBlock[] {
  const words = WORDS[language]
  if (!variance) return []
  return [
    {text: `  ${words.variance} ${nameIn(name, language)}: ${wordsIn(varianceMessage(variance), language)}`},
    {text: `  ${words.next}: ${wordsIn(repeatPlanMessage(variance), language)}`},
  ]
}

function costLines({assessment: {usage, answers}, identity}: RunResult, language: Language): Text[] {
  const words = WORDS[language]
  const judging = usageText(usage)
  const writing = answers && usageText(answers.usage)
  return [
    ...(answers ? [`${words.answers}: ${wordsIn(answersMessage(answers, identity.answers.model), language)}`] : []),
    ...(writing === undefined ? [] : [joined([words.writing, writing], ': ')]),
    ...(judging === undefined ? [] : [joined([words.judging, judging], ': ')]),
  ]
}
