import {boundsText, numberText, tableText} from '@ep23/report/numbers'
import {
  type JudgedSample,
  type Language,
  usageError,
  isMeasured,
  type Score,
  type TextBlock,
  type Text,
  joined,
  type Message,
  numbersMessage,
  verbatim,
} from '@ep23/sdk'

import type {AnswerLine} from '../domain/answers.js'
import type {IntervalFacts} from '../domain/interval-facts.js'
import type {StoredRun} from '../domain/run-folder.js'
import type {RunResult, OriginResult} from '../domain/run-result.js'
import type {ReplyLine, SampleLine} from '../domain/sample-line.js'
import {verdictIn} from './verdict-in.js'
import {runMessage, noteMessage} from '../domain/messages/run-messages.js'
import {answersMessage, varianceMessage} from '../domain/messages/variance-messages.js'
import {usageText} from '../domain/usage.js'
import {renderGates} from './gate-table.js'
import {message} from '../words/words.js'
import {messageOf, wordsIn} from '../domain/messages/localized-text.js'
import {englishNameOf} from '../domain/messages/names.js'

export interface ShownSample {
  record: JudgedSample
  /** Every judgement of it. */
  judgements: SampleLine[]
  /** Written anew for this run; none when the record's own summary was judged. */
  answers: AnswerLine[]
  /** The judge's raw answers, as the judgements name them. */
  replies: ReplyLine[]
}

export interface ShownRun {
  folder: string
  run: RunResult
  sample: ShownSample | null
}

/** A run as it was recorded, and one of its samples with everything behind its scores. @throws Ep23Error USAGE (64) */
export async function showRun(found: StoredRun, sampleId: string | undefined): Promise<ShownRun> {
  const {folder, run} = found
  return {folder, run, sample: sampleId === undefined ? null : await shownSample(found, sampleId)}
}

async function shownSample({run, records, samples, replies, answers}: StoredRun, id: string): Promise<ShownSample> {
  const [record] = await collect(records(), ({sample_id}) => sample_id === id)
  if (!record) throw usageError(message('runHasNoSample', {run_id: run.run_id, id}), [message('sampleIds')])
  const judgements = await collect(samples(), ({sample_id}) => sample_id === id)
  const wanted = new Set(judgements.flatMap(({trail}) => [trail?.reply_sha256, trail?.first_reply_sha256]))
  const written = await collect(answers(), ({sample_id}) => sample_id === id)
  return {record, judgements, answers: written, replies: await collect(replies(), ({sha256}) => wanted.has(sha256))}
}

async function collect<T>(items: AsyncIterable<T>, isWanted: (item: T) => boolean): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) if (isWanted(item)) found.push(item)
  return found
}

export function renderShownRun({folder, run, sample}: ShownRun, language: Language): TextBlock[] {
  return sample ? renderSample(sample) : renderRunDetails(run, folder, language)
}

function renderRunDetails(run: RunResult, folder: string, language: Language): TextBlock[] {
  const {identity, assessment, dataset} = run
  const {judge} = identity
  const {headline, sentences} = runMessage(run)
  const prompt = judge.prompt === null ? '' : `, prompt ${judge.prompt.version}`
  return [
    verdictIn(assessment.verdict, language, word => `${word}: ${run.run_id}`),
    ...[headline, ...sentences].map(sentence => ({text: `  ${wordsIn(sentence, language)}`})),
    ...renderGates(assessment.gates, language),
    '',
    message('scenarioAndJudge', {
      scenario: identity.scenario.name,
      version: String(identity.scenario.version),
      judge: `${judge.name}${judge.model === null ? '' : ` (${judge.model})`}${prompt}`,
    }),
    message('signatureIs', {signature: judge.signature}),
    {text: message('datasetIs', {location: dataset.location, records: dataset.records})},
    // Copied whole: a terminal may break it, and nothing else.
    message('rootIs', {root: dataset.merkle_root}),
    ...Object.entries(assessment.by_origin).flatMap(([origin, result]) => renderOrigin(origin, result)),
    ...assessment.notes.map(note => ({text: message('noteIs', {note: noteMessage(run, note)})})),
    ...(assessment.answers
      ? [message('answersAre', {text: messageOf(answersMessage(assessment.answers, identity.answers.model))})]
      : []),
    ...[usageText(assessment.usage)].flatMap(text => (text === undefined ? [] : [message('judgingIs', {text})])),
    message('filesIn', {folder}),
  ]
}

const SCORE_COLUMNS = [
  {title: 'score', kind: 'name'},
  ...['mean', '95 % interval', 'by channel', 'worst', 'unmeasured'].map(title => ({title, kind: 'number'}) as const),
] as const

function renderOrigin(origin: string, {samples, scores, latency_seconds: latency}: OriginResult): TextBlock[] {
  const latencies =
    latency.p50.measured === 0
      ? []
      : [
          {
            text: message('latencyIs', {
              p50: numbersMessage(interval(latency.p50)),
              p95: numbersMessage(interval(latency.p95)),
            }),
          },
        ]
  return [
    '',
    message('originSamples', {origin: englishNameOf(origin), samples}),
    {
      columns: SCORE_COLUMNS,
      rows: Object.entries(scores).map(([name, {mean, clustered_mean: clustered, worst}]) => [
        englishNameOf(name),
        numberText(mean.estimate),
        boundsText(mean),
        clustered ? boundsText(clustered) : '-',
        tableText(worst),
        String(mean.unmeasured),
      ]),
    },
    ...latencies,
    ...Object.entries(scores).flatMap(([name, facts]) => {
      const {variance} = facts
      return variance ? [{text: message('varianceOf', {name, text: messageOf(varianceMessage(variance))})}] : []
    }),
  ]
}

function renderSample({record, judgements, answers, replies}: ShownSample): Text[] {
  return [
    `${record.sample_id} (${record.metadata.origin})`,
    ...judgements.flatMap(({answer, repeat, scores}) => [
      message('answerJudgement', {answer, repeat}),
      ...Object.entries(scores).map(([name, score]) => joined(['  ', englishNameOf(name), ' ', scoreText(score)], '')),
    ]),
    ...(answers.length === 0
      ? [message('summaryBelow'), record.summary_markdown]
      : answers.flatMap(({answer, text, missing}) => [
          message('answerBelow', {answer}),
          text ?? unmeasuredText({unmeasured: missing?.unmeasured ?? '', detail: missing?.detail}),
        ])),
    message('sourceBelow'),
    record.source_text,
    ...replies.flatMap(({sha256, text}) => [message('judgeAnswer', {sha: sha256.slice(0, 12)}), text]),
  ]
}

function scoreText(score: Score): Message {
  if (!isMeasured(score)) return unmeasuredText(score)
  return joined([numbersMessage(tableText(score.value)), ...(score.evidence ?? []).map(quote => `«${quote}»`)], ' ')
}

function unmeasuredText({unmeasured, detail = ''}: {unmeasured: string; detail?: string | undefined}): Message {
  return message('unmeasuredBecause', {
    reason: englishNameOf(unmeasured),
    detail: detail === '' ? '' : verbatim(` (${detail})`),
  })
}

function interval(facts: IntervalFacts): string {
  return `${tableText(facts.estimate)} ${bounds(facts)}`
}

function bounds({low, high}: IntervalFacts): string {
  return `[${tableText(low)}, ${tableText(high)}]`
}
