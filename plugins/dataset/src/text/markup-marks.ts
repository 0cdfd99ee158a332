import {DIGIT, LETTER, NEWLINE, SPACE, classAt} from './character-classes.js'
import {hostExtent, isHost} from './urls.js'

/** Two equal characters that may open or close a style: `**`, `__`, `~~`, `||`. */
export interface StyleMark {
  at: number
  /** True in a run of three, five, … characters, which is more often a censored word than a style. */
  odd: boolean
}

/** What it costs to take a mark for text: exporters write marks in pairs, writers seldom write such text. */
const TEXT_COST = 4

const MARK_CHARACTERS = new Set(['*', '_', '~', '|'])

function isSpace(text: string, index: number): boolean {
  return index < 0 || index >= text.length || (classAt(text, index) & (SPACE | NEWLINE)) !== 0
}

function isWordUnit(text: string, index: number): boolean {
  return (classAt(text, index) & (LETTER | DIGIT)) !== 0
}

/** `2 ** 3`, `a || b`: an operator of a formula between ASCII operands. */
function isOperator(text: string, {at}: StyleMark): boolean {
  return /[\w)\]] $/.test(text.slice(Math.max(0, at - 2), at)) && /^ [\w([]/.test(text.slice(at + 2, at + 4))
}

/** Stars for letters, `[***]`, unless another style begins or ends at the same place. */
function isCensored(text: string, {at, odd}: StyleMark): boolean {
  return odd && !MARK_CHARACTERS.has(text.charAt(at - 1)) && !MARK_CHARACTERS.has(text.charAt(at + 3))
}

/** What counts against a mark whose outer side is `outer`: a word there, the more so when the mark splits a word. */
function doubts(text: string, mark: StyleMark, inner: number, outer: number): number {
  const cutsWord = isWordUnit(text, outer) ? (isWordUnit(text, inner) ? 17 : 2) : 0
  return cutsWord + (isOperator(text, mark) ? 8 : 0) + (isCensored(text, mark) ? 16 : 0)
}

/** How well a mark opens a style: best when text follows at once and no word stands right before. */
function openingScore(text: string, mark: StyleMark): number {
  const touches = isSpace(text, mark.at + 2) ? 0 : 8
  return touches - doubts(text, mark, mark.at + 2, mark.at - 1)
}

/** How well a mark closes a style, with more for the pair that it completes. */
function closingScore(text: string, mark: StyleMark): number {
  const touches = isSpace(text, mark.at - 1) ? 0 : 8
  return touches + 6 - doubts(text, mark, mark.at - 1, mark.at + 2)
}

/**
 * Which of the marks of one kind open and close styles; the others are text (`х**й`, `2 ** 3`, `**kwargs`).
 * Exporters put a mark wherever a style starts or ends, spaces included, so no single mark tells: of all readings as
 * pairs in a row the one with the best total score is taken, by dynamic programming over "closed" and "open".
 */
export function pairedMarks(text: string, marks: readonly StyleMark[]): StyleMark[] {
  const {around, others} = marksAroundSpace(text, marks)
  return [...around, ...bestPairs(text, others)]
}

/** Neighbours with nothing but space between them style nothing, whether they open and close or close and open. */
function marksAroundSpace(text: string, marks: readonly StyleMark[]): Record<'around' | 'others', StyleMark[]> {
  const around: StyleMark[] = []
  const others: StyleMark[] = []
  let taken = -1
  for (const [index, mark] of marks.entries()) {
    if (index === taken) continue
    const next = marks[index + 1]
    if (next && isOnlySpace(text, mark.at + 2, next.at)) {
      around.push(mark, next)
      taken = index + 1
    } else others.push(mark)
  }
  return {around, others}
}

function isOnlySpace(text: string, from: number, to: number): boolean {
  if (from === to) return false
  while (from < to && isSpace(text, from)) from++
  return from === to
}

function bestPairs(text: string, marks: readonly StyleMark[]): StyleMark[] {
  const closes = new Uint8Array(marks.length)
  const opens = new Uint8Array(marks.length)
  let closed = 0
  let open = Number.NEGATIVE_INFINITY
  for (const [index, mark] of marks.entries()) {
    const whenClosing = open + closingScore(text, mark)
    const whenOpening = closed + openingScore(text, mark)
    if (whenOpening >= open - TEXT_COST) opens[index] = 1
    if (whenClosing > closed - TEXT_COST) closes[index] = 1
    open = Math.max(open - TEXT_COST, whenOpening)
    closed = Math.max(closed - TEXT_COST, whenClosing)
  }
  return readBack(marks, opens, closes)
}

/** Follows the choices from the end, where every style is closed. */
function readBack(marks: readonly StyleMark[], opens: Uint8Array, closes: Uint8Array): StyleMark[] {
  const paired: StyleMark[] = []
  let isOpen = false
  for (const [index, mark] of [...marks.entries()].reverse()) {
    if (!(isOpen ? opens : closes)[index]) continue
    paired.push(mark)
    isOpen = !isOpen
  }
  return paired.reverse()
}

const OPEN = 0x28
const CLOSE = 0x29
const CLOSE_LABEL = 0x5d
const SCHEME = /^[a-z][a-z\d+.-]{1,20}:[^\s:]/i

/**
 * The bracketed address at `start`, right after `](`: its end is where the `)` stands that closes it. Brackets inside
 * are balanced when they can be. Undefined when it is no address: `do[bool](a)` is code.
 */
export function linkTargetEnd(text: string, start: number): number | undefined {
  const end = closingBracket(text, start)
  return end !== undefined && isAddress(text, start, end) ? end : undefined
}

function closingBracket(text: string, start: number): number | undefined {
  let last: number | undefined
  let depth = 0
  for (let at = start; at < text.length && !endsTarget(text, at); at++) {
    const unit = text.charCodeAt(at)
    if (unit === OPEN) depth++
    if (unit !== CLOSE) continue
    last = at
    if (depth-- === 0) return at
  }
  return last
}

function endsTarget(text: string, at: number): boolean {
  return (
    (classAt(text, at) & (SPACE | NEWLINE)) !== 0 ||
    (text.charCodeAt(at) === CLOSE_LABEL && text.charCodeAt(at + 1) === OPEN)
  )
}

function isAddress(text: string, start: number, end: number): boolean {
  if (SCHEME.test(text.slice(start, Math.min(end, start + 24)))) return true
  const host = hostExtent(text, start)
  return host < end && text[host] === '/' && isHost(text, start, host)
}
