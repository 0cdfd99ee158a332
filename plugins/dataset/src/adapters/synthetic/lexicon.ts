import {declineAdjective, isAdjective} from './morphology/decline-adjective.js'
import {declineNoun, type Noun} from './morphology/decline-noun.js'
import type {Form, Gender} from './morphology/forms.js'

/** A noun phrase: adjectives that agree with the noun, the noun, and a tail that never changes («+ обработки данных»). */
export interface NounPhrase {
  adjectives: readonly string[]
  noun: Noun
  tail: string
}

const GENDERS: Record<string, {gender: Gender; animate: boolean}> = {
  м: {gender: 'м', animate: false},
  мо: {gender: 'м', animate: true},
  ж: {gender: 'ж', animate: false},
  жо: {gender: 'ж', animate: true},
  с: {gender: 'с', animate: false},
}

/**
 * Reads a lexicon, one phrase a line: `[adjective…] noun gender [осн=stem] [cell=form…] [+ tail]`, for example
 * `детский сад м`, `рынок м осн=рынк`, `центр м + обработки данных`, `земля ж рм=земель`. Adjectives stand in the masculine
 * nominative. Genders are м, ж, с; мо and жо are animate.
 * @throws Error for a line that cannot be read: the data is part of the program.
 */
export function parseLexicon(lines: string): NounPhrase[] {
  return lines
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(parsePhrase)
}

/** Reads one line of a lexicon. */
export function parsePhrase(line: string): NounPhrase {
  const [head = '', tail = ''] = line.split(' + ')
  const words = head.trim().split(/\s+/u)
  const options = words.filter(word => word.includes('='))
  const plain = words.filter(word => !word.includes('='))
  const kind = GENDERS[plain.at(-1) ?? '']
  const lemma = plain.at(-2)
  if (kind === undefined || lemma === undefined) throw new Error(`the lexicon line "${line}" has no gender`)
  const adjectives = plain.slice(0, -2)
  const stranger = adjectives.find(word => !isAdjective(word))
  if (stranger !== undefined) throw new Error(`"${stranger}" in the lexicon line "${line}" is not an adjective`)
  const {stem, irregular} = readOptions(options)
  const noun: Noun = {lemma, gender: kind.gender, animate: kind.animate, irregular, ...(stem !== undefined && {stem})}
  return {adjectives, noun, tail: tail.trim()}
}

/** The phrase in a form, its adjectives in agreement. */
export function declinePhrase({adjectives, noun, tail}: NounPhrase, form: Form): string {
  const agreeing = adjectives.map(word => declineAdjective(word, form, noun.gender, noun.animate))
  return [...agreeing, declineNoun(noun, form), ...(tail === '' ? [] : [tail])].join(' ')
}

function readOptions(options: readonly string[]): {stem?: string; irregular: Record<string, string>} {
  const {осн: stem, ...irregular} = Object.fromEntries(options.map(option => option.split('=') as [string, string]))
  return {irregular, ...(stem !== undefined && {stem})}
}
