import {CLAIM_ANSWERS, type LabelAnswer, PAIR_ANSWERS} from './label-event.js'
import type {LabelQuestion} from './label-session.js'

/** What a key does, by its place on the keyboard: `KeyboardEvent.code`, so that both layouts have the same keys. */
export type LabelAction = LabelAnswer | {kind: 'undo'}

/** Undefined for a key that means nothing here; while a reason is typed, all keys are letters. */
export function actionOf(code: string, question: LabelQuestion | undefined): LabelAction | undefined {
  if (code === 'KeyU') return {kind: 'undo'}
  if (question === undefined) return undefined
  if (code === 'KeyS') return {kind: 'skip'}
  const digit = /^(?:Digit|Numpad)(?<digit>\d)$/u.exec(code)?.groups?.['digit']
  return digit === undefined ? undefined : answerOf(Number(digit), question)
}

function answerOf(digit: number, question: LabelQuestion): LabelAnswer | undefined {
  switch (question.kind) {
    case 'send':
      return digit === 1 || digit === 2 ? {kind: 'send', value: digit === 1} : undefined
    case 'score':
      return digit <= 5 ? {kind: 'score', score: question.score, value: digit} : undefined
    case 'claim': {
      const value = CLAIM_ANSWERS[digit - 1]
      return value && {kind: 'claim', bullet: question.bullet, value}
    }
    case 'missing':
      return {kind: 'missing', value: digit}
    case 'pair': {
      const value = PAIR_ANSWERS[digit - 1]
      return value && {kind: 'pair', value}
    }
    default:
      return undefined
  }
}

const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю'
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

/** The code of the key that types a character in the Latin or the Russian layout; terminals tell no codes. */
export function codeOfCharacter(character: string): string {
  const lower = character.toLowerCase()
  if (/^\d$/u.test(lower)) return `Digit${lower}`
  const latin = LATIN[RUSSIAN.indexOf(lower)] ?? lower
  return /^[a-z]$/u.test(latin) ? `Key${latin.toUpperCase()}` : character
}
