import {printableText} from '@ep23/sdk'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type {TextSpan} from '../retrieval/analyser.js'
import type {Labelling} from './labelling.js'

export interface LabelLook {
  columns: number
  rows: number
  hasColour: boolean
  words: LabelWords
  /** Lines of the text above the screen. */
  scrolled: number
}

export interface ShownText {
  text: string
  matches: readonly TextSpan[]
}

export interface LabelPicture {
  /** At most as many as the screen has rows, none wider than its columns. */
  lines: string[]
  /** As far as the text could be scrolled. */
  scrolled: number
}

const MOST_QUERY_LINES = 4
/** With the line that says how much more there is. */
const LEAST_TEXT_LINES = 3

/** The labelling screen: where one is, the query, the document with its matched words marked, the keys. */
export function renderLabelScreen(labelling: Labelling, shown: ShownText, look: LabelLook): LabelPicture {
  const {columns, rows, hasColour} = look
  const style = styles(hasColour)
  const wrap = (text: string) => wrapAnsi(text, columns, {hard: true}).split('\n')
  const query = wrap(plain(labelling.pair.query.text)).slice(0, MOST_QUERY_LINES).map(style.strong)
  const top = fitting(
    [wrap(headline(labelling, look)).map(style.faint), query, wrap(place(labelling, look)).map(style.faint)],
    rows - LEAST_TEXT_LINES,
  )
  const help = look.words.help.flatMap(wrap).map(style.faint)
  const line = style.faint('─'.repeat(columns))
  const bottom = rows - top.length - LEAST_TEXT_LINES > help.length ? [line, ...help] : []
  const body = wrap(marked(shown, style.mark))
  const height = Math.max(1, rows - top.length - bottom.length - 1)
  const scrolled = Math.min(Math.max(0, look.scrolled), Math.max(0, body.length - height))
  const visible = body.slice(scrolled, scrolled + height)
  const hidden = body.length - scrolled - visible.length
  const filler = Array.from({length: height - visible.length}, () => '')
  const more = hidden > 0 ? style.faint(clipped(look.words.more(hidden), columns)) : ''
  return {lines: [...top, ...visible, ...filler, more, ...bottom].slice(0, rows), scrolled}
}

/** A low screen gives up the keys first, then the headline, then the place, last of all the query. */
function fitting([headline, query, place]: [string[], string[], string[]], rows: number): string[] {
  const fits = (lines: string[]) => lines.length <= rows
  return (
    [
      [...headline, ...query, ...place],
      [...query, ...place],
    ].find(fits) ?? query.slice(0, Math.max(1, rows))
  )
}

function headline(labelling: Labelling, {words}: LabelLook): string {
  const {pairs, pair, judged} = labelling
  const queries = [...new Set(pairs.map(({query}) => query))]
  const progress = judged === pairs.length ? words.allJudged : words.progress(judged, pairs.length)
  return `${words.query(queries.indexOf(pair.query) + 1, queries.length)} · ${progress}`
}

function place(labelling: Labelling, {words}: LabelLook): string {
  const {query, document} = labelling.pair
  const number = query.documents.indexOf(document) + 1
  const grade = words.grade(labelling.gradeOf(labelling.pair))
  return `${document} · ${words.document(number, query.documents.length)} · ${grade}`
}

// Posts are strangers' texts: nothing in them may move the cursor, ring the bell or turn the line around.
function plain(text: string): string {
  return printableText(text).replaceAll('\t', ' ')
}

function marked({text, matches}: ShownText, mark: (text: string) => string): string {
  let [from, result] = [0, '']
  for (const {start, end} of matches) {
    result += plain(text.slice(from, start)) + mark(plain(text.slice(start, end)))
    from = end
  }
  return result + plain(text.slice(from))
}

function clipped(text: string, columns: number): string {
  return stringWidth(text) <= columns ? text : (wrapAnsi(text, columns, {hard: true}).split('\n')[0] ?? '')
}

type Style = (text: string) => string

const sgr =
  (on: number, off: number): Style =>
  text =>
    `\u001B[${on}m${text}\u001B[${off}m`

/** Without colour matched words stand in brackets; nothing else depends on attributes. */
function styles(hasColour: boolean): {strong: Style; faint: Style; mark: Style} {
  if (!hasColour) return {strong: text => text, faint: text => text, mark: text => `[${text}]`}
  return {strong: sgr(1, 22), faint: sgr(2, 22), mark: sgr(33, 39)}
}

/** What stands on the labelling screen, in the user's language. */
export interface LabelWords {
  query: (number: number, all: number) => string
  document: (number: number, all: number) => string
  progress: (judged: number, all: number) => string
  grade: (value: number | undefined) => string
  more: (lines: number) => string
  allJudged: string
  /** One line each, the most needed first. */
  help: readonly string[]
}

const GRADES_RU = ['мимо', 'по теме', 'отвечает частично', 'отвечает полностью']
const GRADES_EN = ['not relevant', 'on topic', 'answers in part', 'answers in full']

const RUSSIAN: LabelWords = {
  query: (number, all) => `запрос ${number} из ${all}`,
  document: (number, all) => `документ ${number} из ${all}`,
  progress: (judged, all) => `размечено ${judged} из ${all}`,
  grade: value => (value === undefined ? 'без оценки' : `оценка ${value}: ${GRADES_RU[value] ?? ''}`),
  more: lines => `ещё строк: ${lines} (↓)`,
  allJudged: 'всё размечено: q — выход',
  help: [
    GRADES_RU.map((grade, value) => `${value} ${grade}`).join('  '),
    'u отменить  s пропустить  q выход  ←→ документ  ↑↓ текст  n/p запрос',
  ],
}

const ENGLISH: LabelWords = {
  query: (number, all) => `query ${number} of ${all}`,
  document: (number, all) => `document ${number} of ${all}`,
  progress: (judged, all) => `${judged} of ${all} judged`,
  grade: value => (value === undefined ? 'not judged' : `grade ${value}: ${GRADES_EN[value] ?? ''}`),
  more: lines => `${lines} more lines (↓)`,
  allJudged: 'all judged: q to quit',
  help: [
    GRADES_EN.map((grade, value) => `${value} ${grade}`).join('  '),
    'u undo  s skip  q quit  ←→ document  ↑↓ text  n/p query',
  ],
}

export function labelWords(language: 'ru' | 'en'): LabelWords {
  return language === 'ru' ? RUSSIAN : ENGLISH
}
