import {printableText} from '@ep23/sdk'
import wrapAnsi from 'wrap-ansi'

import type {LabelSession} from '../../domain/label/label-session.js'
import {type LabelWords, sessionWords, questionText} from '../../domain/label/label-words.js'
import type {Rubric} from '../../domain/label/rubric.js'

export interface ScreenLook {
  columns: number
  rows: number
  hasColour: boolean
  language: 'ru' | 'en'
  rubric: Rubric
  /** Lines of the texts above the screen. */
  scrolled: number
  /** What was typed of a reason. */
  typed: string
}

export interface ScreenPicture {
  /** At most as many as the screen has rows, none wider than its columns. */
  lines: string[]
  /** As far as the texts could be scrolled. */
  scrolled: number
  /** Lines of text that fit. */
  page: number
}

/** With the line that says how much more there is. */
const LEAST_TEXT_LINES = 3

/** Where one is, the texts, and below them, always in sight, the question and its keys. */
export function renderSession(session: LabelSession, look: ScreenLook): ScreenPicture {
  const {columns, rows, hasColour, language} = look
  const words = sessionWords(language)
  const style = styles(hasColour)
  const wrap = (text: string): string[] => wrapAnsi(text, columns, {hard: true, trim: false}).split('\n')
  const head = wrap(words.progress(session.done, session.total)).slice(0, 1).map(style.faint)
  const rule = style.faint('─'.repeat(columns))
  const asked = questionLines(session, look, words)
  const wrapped = [rule, ...asked.slice(0, 1).flatMap(wrap).map(style.strong), ...asked.slice(1).flatMap(wrap)]
  const bottom = wrapped.slice(0, Math.max(1, rows - head.length - LEAST_TEXT_LINES))
  const body = bodyOf(session, words).flatMap(({text, heading}) =>
    wrap(text).map(heading ? style.strong : line => line),
  )
  const page = Math.max(1, rows - head.length - bottom.length - 1)
  const scrolled = Math.min(Math.max(0, look.scrolled), Math.max(0, body.length - page))
  const visible = body.slice(scrolled, scrolled + page)
  const hidden = body.length - scrolled - visible.length
  const filler = Array.from({length: page - visible.length}, () => '')
  const more = hidden > 0 ? style.faint(wrap(words.more(hidden))[0] ?? '') : ''
  return {lines: [...head, ...visible, ...filler, more, ...bottom].slice(0, rows), scrolled, page}
}

function questionLines(session: LabelSession, {rubric, language, typed}: ScreenLook, words: LabelWords): string[] {
  const {question} = session
  if (question === undefined) return [words.allDone]
  const {title, options} = questionText(question, rubric, language)
  const asked = plain(title)
  if (question.kind === 'reason') return [asked, `> ${plain(typed)}▏`, words.reasonKeys]
  return [asked, options.join('  ·  '), words.keys]
}

function bodyOf(session: LabelSession, words: LabelWords): {text: string; heading: boolean}[] {
  const {texts, item} = session
  if (!item) return []
  const titles = texts.length > 1 ? [words.first, words.second] : [words.digest]
  const heading = (text: string) => ({text, heading: true})
  const block = (text: string) => [
    {text: plain(text), heading: false},
    {text: '', heading: false},
  ]
  return [
    ...texts.flatMap((text, i) => [heading(titles[i] ?? ''), ...block(text)]),
    heading(words.posts),
    ...item.posts.flatMap(block),
  ]
}

// Posts are strangers' texts: nothing in them may move the cursor, ring the bell or turn the line around.
function plain(text: string): string {
  return printableText(text).replaceAll('\t', ' ')
}

type Style = (text: string) => string

function styles(hasColour: boolean): {strong: Style; faint: Style} {
  const sgr =
    (on: number): Style =>
    text =>
      hasColour ? `\u001B[${on}m${text}\u001B[22m` : text
  return {strong: sgr(1), faint: sgr(2)}
}
