import {boundsText, numberText, significantText} from '@ep23/report/numbers'

import {joined, localNumbers, russianCount, type Language, type Table, type Text, type TextBlock} from '@ep23/sdk'

import type {OriginResult, RunResult, ScoreFacts} from '../../domain/run-result.js'
import {englishCount, wordsIn} from '../../domain/messages/localized-text.js'
import {nameIn} from '../../domain/messages/names.js'
import {verdictIn} from '../verdict-in.js'
import {remarkMessages} from '../../domain/messages/run-messages.js'
import {answersMessage, repeatPlanMessage, varianceMessage} from '../../domain/messages/variance-messages.js'
import {usageText} from '../../domain/usage.js'
import {renderGates} from '../gate-table.js'

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
