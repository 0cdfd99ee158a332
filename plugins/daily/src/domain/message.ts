import {ownField} from '@ep23/sdk'
import {type BoardLine, type DailyState, meanScores, measuredChannels, STATES} from './board-line.js'
import {daysBetween} from './calendar.js'
import type {InstrumentChange} from './instrument.js'

/** What is sent; the first line is its title. Plain text: whoever sends it escapes it. */
export interface Notice {
  /** Of a state: `2024-11-25 alarm`; of a week: `week 2024-11-24`. The same key is sent once. */
  key: string
  kind: 'state' | 'week'
  day: string
  state: DailyState
  /** The score that fell; null where none did. */
  score: string | null
  lines: readonly string[]
}

export interface Told {
  line: BoardLine
  /** The state that people were told last. */
  before: DailyState
  daysBetweenAlarms: number
  instrument: InstrumentChange | undefined
}

const SCORES: Readonly<Record<string, string>> = {
  coverage: 'полнота',
  accuracy: 'точность',
  coherence: 'связность',
  informativeness: 'содержательность',
}

/** A change of state, in Russian, as a person would write it. */
export function tellState(told: Told): Notice {
  const {line} = told
  const {day, state, detector} = line
  return {
    ...{key: `${day} ${state}`, kind: 'state', day, state},
    score: state === 'alarm' ? (detector?.drop?.score ?? null) : null,
    lines: [...TELLING[state](told), `Подробно: ep23 daily show ${day}`],
  }
}

const TELLING: Readonly<Record<DailyState, (told: Told) => string[]>> = {
  alarm: tellAlarm,
  watch: ({line, daysBetweenAlarms}) => [
    `🟡 ${upperFirst(dayText(line.day))}: дайджесты, возможно, стали хуже.`,
    `Это ещё не тревога: накоплено ${Math.round((100 * (line.detector?.evidence ?? 0)) / daysBetweenAlarms)} % того, что для неё нужно. Делать ничего не надо.`,
  ],
  quiet: ({line, before}) => [
    before === 'alarm'
      ? `🟢 ${upperFirst(dayText(line.day))}: оценки вернулись к обычному уровню, тревога снята.`
      : `🟢 ${upperFirst(dayText(line.day))}: всё как обычно.`,
    scoresText([line]),
  ],
  learning: tellLearning,
  instrument: ({instrument}) =>
    [
      '🔧 Изменился судья, а не дайджесты: сравнивать с прежними оценками нельзя.',
      instrument === undefined ? '' : instrumentText(instrument),
      'Верните прежнего судью или, когда накопится 28 дней с новым, примите их за образец: ep23 daily bless',
    ].filter(text => text !== ''),
  unmeasured: ({line}) => [
    `⚪ ${upperFirst(dayText(line.day))}: день не измерен, оценки есть у ${measuredChannels(line).length} из ${channelsText(line)}, нужно 3.`,
    ...reasons(line),
  ],
  missing: ({line}) => [
    `⚪ ${upperFirst(dayText(line.day))}: ни в одном источнике нет ни одного поста.`,
    'Проверьте, работает ли сбор постов: в базе они хранятся семь дней.',
  ],
}

function tellAlarm({line, daysBetweenAlarms}: Told): string[] {
  const drop = line.detector?.drop
  if (drop == null) return []
  const {score, since, size, channels} = drop
  return [
    `🔴 ${upperFirst(scoreName(score))} упала: ${signed(size.estimate)} (${signed(size.low)} … ${signed(size.high)}), ${sinceText(since)}.`,
    `Ложная тревога бывает в среднем не чаще раза в ${intervalText(daysBetweenAlarms)}.`,
    ...(channels.length > 0 ? [`Каналы: ${channels.join(', ')}.`] : []),
    ...(line.anchors ? [`Судья не изменился (${line.anchors.anchors} эталонов).`] : []),
  ]
}

function tellLearning({line}: Told): string[] {
  return [`${upperFirst(dayText(line.day))}: образца ещё нет. Когда наберётся 28 дней: ep23 daily bless`]
}

function instrumentText(change: InstrumentChange): string {
  if (change.cause === 'another_judge') return `Был: ${change.before}. Стал: ${change.now}.`
  return `Те же ${change.anchors} эталонов получили другие оценки: ${scoreName(change.score)} ${signed(change.difference, 3)}.`
}

/** The week that ends with this day. */
export function tellWeek(lines: readonly BoardLine[], state: DailyState): Notice {
  const [first, last] = [lines[0], lines.at(-1)]
  const day = last?.day ?? ''
  const count = (wanted: DailyState): number => lines.filter(line => line.state === wanted).length
  const states = STATES.flatMap(each => (count(each) > 0 ? [`${STATE_NAMES[each]} — ${count(each)}`] : []))
  const missing = daysBetween(first?.day ?? day, day).length - lines.length
  const findings = lines.flatMap(line => line.findings)
  return {
    ...{key: `week ${day}`, kind: 'week', day, state, score: null},
    lines: [
      `Неделя ${rangeText(first?.day ?? day, day)}`,
      `Дни: ${states.join(', ')}${missing > 0 ? `, пропущено — ${missing}` : ''}.`,
      scoresText(lines),
      ...findingsText(findings),
    ],
  }
}

const STATE_NAMES: Readonly<Record<DailyState, string>> = {
  quiet: 'спокойно',
  watch: 'наблюдение',
  alarm: 'тревога',
  instrument: 'сменился судья',
  unmeasured: 'не измерено',
  missing: 'нет постов',
  learning: 'без образца',
}

const FINDING_NAMES = {
  post_deleted: 'пост исчез после дайджеста',
  post_edited: 'пост изменён после дайджеста',
  news_missed: 'новость дня не попала в дайджест',
} as const

const FINDINGS_SHOWN = 10

function findingsText(findings: BoardLine['findings']): string[] {
  const shown = findings
    .slice(0, FINDINGS_SHOWN)
    .map(({kind, channel, post, sentence}) => `• ${FINDING_NAMES[kind]}: ${channel} ${post} — «${sentence}»`)
  const more = findings.length - shown.length
  return findings.length === 0 ? [] : ['Находки:', ...shown, ...(more > 0 ? [`… и ещё ${more}`] : [])]
}

function scoresText(lines: readonly BoardLine[]): string {
  const means = Object.entries(meanScores(lines)).map(([score, mean]) => `${scoreName(score)} ${number(mean)}`)
  return means.length === 0 ? 'Оценок нет.' : `${upperFirst(means.join(', '))}.`
}

function reasons(line: BoardLine): string[] {
  return Object.entries(line.channels).flatMap(([channel, day]) =>
    'unmeasured' in day ? [`• ${channel}: ${day.unmeasured}`] : [],
  )
}

function channelsText({channels}: BoardLine): string {
  const count = Object.keys(channels).length
  return `${count} ${count % 10 === 1 && count % 100 !== 11 ? 'канала' : 'каналов'}`
}

function scoreName(score: string): string {
  return ownField(SCORES, score) ?? `оценка «${score}»`
}

function sinceText({from, to}: {from: string; to: string}): string {
  return from === to ? `с ${dayText(from)}` : `началось ${rangeText(from, to)}`
}

function intervalText(days: number): string {
  return days >= 360 && days <= 370 ? 'год' : `${days} дней`
}

const DAY_TEXT = new Intl.DateTimeFormat('ru', {day: 'numeric', month: 'long', timeZone: 'UTC'})

function dayText(day: string): string {
  return DAY_TEXT.format(new Date(day))
}

/** `12–16 ноября`. */
function rangeText(from: string, to: string): string {
  return from === to ? dayText(from) : DAY_TEXT.formatRange(new Date(from), new Date(to)).replaceAll(/\s*–\s*/gu, '–')
}

function signed(value: number, digits = 2): string {
  return `${value < 0 ? '−' : '+'}${number(Math.abs(value), digits)}`
}

function number(value: number, digits = 2): string {
  return value.toFixed(digits).replace('.', ',')
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
