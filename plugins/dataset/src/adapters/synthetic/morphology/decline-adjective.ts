import type {Case, Form, Gender} from './forms.js'

// Endings by the last letter of the stem: hard (нов-ый), velar (широк-ий), sibilant (свеж-ий, рабоч-ий), soft (утренн-ий).
type StemKind = 'hard' | 'velar' | 'sibilant' | 'soft'

// Order of cases: и р д в т п. The masculine and plural accusatives follow animacy and are filled in below.
const MASCULINE: Record<StemKind, string> = {
  hard: 'ый ого ому - ым ом',
  velar: 'ий ого ому - им ом',
  sibilant: 'ий его ему - им ем',
  soft: 'ий его ему - им ем',
}
const FEMININE: Record<StemKind, string> = {
  hard: 'ая ой ой ую ой ой',
  velar: 'ая ой ой ую ой ой',
  sibilant: 'ая ей ей ую ей ей',
  soft: 'яя ей ей юю ей ей',
}
const PLURAL: Record<StemKind, string> = {
  hard: 'ые ых ым - ыми ых',
  velar: 'ие их им - ими их',
  sibilant: 'ие их им - ими их',
  soft: 'ие их им - ими их',
}
const NEUTER_NOMINATIVE: Record<StemKind, string> = {hard: 'ое', velar: 'ое', sibilant: 'ее', soft: 'ее'}
const COLUMN: Record<Case, number> = {и: 0, р: 1, д: 2, в: 3, т: 4, п: 5}

/**
 * A full adjective or participle in agreement with a noun; `lemma` is the masculine nominative (новый, городской,
 * свежий, утренний). Stressed endings (-ой) and unstressed ones differ in that one form only.
 */
export function declineAdjective(lemma: string, {case: case_, number}: Form, gender: Gender, animate: boolean): string {
  const stem = lemma.slice(0, -2)
  const kind = stemKind(lemma)
  if (case_ === 'в' && (number === 'м' || gender === 'м'))
    return declineAdjective(lemma, {case: animate ? 'р' : 'и', number}, gender, animate)
  if (number === 'м') return stem + ending(PLURAL[kind], case_)
  if (gender === 'ж') return stem + ending(FEMININE[kind], case_)
  if (gender === 'с' && (case_ === 'и' || case_ === 'в')) return stem + NEUTER_NOMINATIVE[kind]
  return case_ === 'и' ? lemma : stem + ending(MASCULINE[kind], case_)
}

/** True for a word that has the dictionary form of an adjective. */
export function isAdjective(word: string): boolean {
  return /(?:ый|ий|ой)$/u.test(word)
}

function stemKind(lemma: string): StemKind {
  if (/[гкх](?:ий|ой)$/u.test(lemma)) return 'velar'
  if (/[жшщч]ий$/u.test(lemma)) return 'sibilant'
  return lemma.endsWith('ий') ? 'soft' : 'hard'
}

function ending(endings: string, case_: Case): string {
  return endings.split(' ')[COLUMN[case_]] ?? ''
}
