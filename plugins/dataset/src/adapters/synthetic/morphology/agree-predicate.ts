import type {Form, Gender} from './forms.js'

const PAST = /л$/u
const PAST_WITHOUT_L = /[гкзс]$/u
const GONE = /ш[её]л$/u

/**
 * A predicate in agreement with its subject. `lemma` is the masculine form: a past tense (открыл, увеличился, смог, вышел),
 * a short participle (построен, завершён, открыт) or a short adjective (готов, должен).
 */
export function agreePredicate(lemma: string, gender: Gender, number: Form['number']): string {
  if (gender === 'м' && number === 'е') return lemma
  if (lemma.endsWith('ся')) return `${agreePredicate(lemma.slice(0, -2), gender, number)}сь`
  return changingStem(lemma) + ending(lemma, gender, number)
}

function changingStem(lemma: string): string {
  if (GONE.test(lemma)) return `${lemma.slice(0, -2)}л`
  if (PAST.test(lemma)) return lemma
  if (PAST_WITHOUT_L.test(lemma)) return `${lemma.replace(/ё(?=.$)/u, 'е')}л`
  return lemma.replace(/ён$/u, 'ен').replace(/должен$/u, 'должн')
}

function ending(lemma: string, gender: Gender, number: Form['number']): string {
  if (number === 'е') return gender === 'ж' ? 'а' : 'о'
  return PAST.test(lemma) || PAST_WITHOUT_L.test(lemma) ? 'и' : 'ы'
}
