import {localNumbers, printableLine, type Language} from '@ep23/sdk'

/** What a step has reported about its work. */
export interface StepState {
  note?: string
  done?: number
  total?: number | undefined
  unit?: string | undefined
}

interface Words {
  perSecond: string
  left: (duration: string) => string
  seconds: string
  minutes: string
  hours: string
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {perSecond: '/s', left: duration => `${duration} left`, seconds: 's', minutes: 'min', hours: 'h'},
  ru: {perSecond: '/с', left: duration => `осталось ${duration}`, seconds: 'с', minutes: 'мин', hours: 'ч'},
}

// Before that, a rate says more about the start than about the work.
const FIRST_RATE_SECONDS = 1

/** `12,345/50,000 posts, 4,115/s, 9 s left, habr.json`: what there is of it, after `seconds` of work. */
export function describePace(state: StepState, seconds: number, language: Language): string {
  return [...counts(state, language), ...rate(state, seconds, language), ...notes(state)].join(', ')
}

/** The same when the step has ended: how much, and its note. */
export function describeResult(state: StepState, language: Language): string {
  return [...counts(state, language), ...notes(state)].join(', ')
}

/** `0.4 s`, `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(seconds: number, language: Language): string {
  const words = WORDS[language]
  if (seconds < 9.95) return `${localNumbers(String(Math.round(seconds * 10) / 10), language)} ${words.seconds}`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} ${words.seconds}`
  const minutes = whole < 3600 ? Math.floor(whole / 60) : Math.round(whole / 60)
  return whole < 3600
    ? `${minutes} ${words.minutes} ${twoDigits(whole % 60)} ${words.seconds}`
    : `${Math.floor(minutes / 60)} ${words.hours} ${twoDigits(minutes % 60)} ${words.minutes}`
}

function counts({done, total, unit = ''}: StepState, language: Language): string[] {
  if (done === undefined) return []
  const of = total === undefined ? '' : `/${localNumbers(String(total), language)}`
  return [`${localNumbers(String(done), language)}${of} ${unit}`.trim()]
}

function rate({done = 0, total}: StepState, seconds: number, language: Language): string[] {
  if (done <= 0 || seconds < FIRST_RATE_SECONDS) return []
  const words = WORDS[language]
  const perSecond = done / seconds
  const shown = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)
  const left =
    total === undefined || total <= done ? [] : [words.left(formatDuration((total - done) / perSecond, language))]
  return [`${localNumbers(String(shown), language)}${words.perSecond}`, ...left]
}

function notes({note = ''}: StepState): string[] {
  const text = printableLine(note)
  return text === '' ? [] : [text]
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
