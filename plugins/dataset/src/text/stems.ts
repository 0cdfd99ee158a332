import {stemmer} from '@orama/stemmers/russian'

import {type WordOptions, matchingForm, tokenForms} from './tokens.js'

/** Shorter words are left alone: too little would stay of them. */
const SHORTEST_STEMMED = 4
/** All capitals up to this length are an abbreviation (`ЮНЕСКО`), above it a word that is shouted (`РОССИЯНЕ`). */
const LONGEST_ABBREVIATION = 6
const CYRILLIC = /^[\u0400-\u04ff]+$/
const HYPHENS = /[-‐‑−﹣－‒–—―]/
/** Bounds the memory of the stems seen so far. */
const MAX_KNOWN = 200_000

/** Stems of tokens already met: words repeat, and the algorithm costs more than a look-up. */
const knownStems = new Map<string, string>()

/** True for `ИИ`, `МВД`, `НАТО`. Takes the token with the capitals it has in the text. */
export function isAbbreviation(token: string): boolean {
  const {length} = token
  return length > 1 && length <= LONGEST_ABBREVIATION && token === token.toUpperCase() && CYRILLIC.test(token)
}

/**
 * The stem of a token, in matching form: Snowball Russian (Porter 2001, https://snowballstem.org) after ё→е, applied to
 * each part between hyphens that is all Cyrillic and longer than 3 letters. Abbreviations, numbers and Latin words keep
 * their matching form. Give the token with its original case: `МИРА` and `мира` differ.
 */
export function stem(token: string): string {
  const known = knownStems.get(token)
  if (known !== undefined) return known
  const found = stemParts(token)
  if (knownStems.size >= MAX_KNOWN) knownStems.clear()
  knownStems.set(token, found)
  return found
}

/** The stems of a text's tokens: `words` after `stem`. */
export function stemmedWords(text: string, options: WordOptions = {}): string[] {
  return tokenForms(text, options, ({start, end}) => stem(text.slice(start, end)))
}

function stemParts(token: string): string {
  const form = matchingForm(token)
  if (!form.includes('-')) return stemPart(token, form)
  const originals = token.split(HYPHENS)
  return form
    .split('-')
    .map((part, index) => stemPart(originals[index] ?? part, part))
    .join('-')
}

function stemPart(original: string, form: string): string {
  if (form.length < SHORTEST_STEMMED || !CYRILLIC.test(form) || isAbbreviation(original)) return form
  return stemmer(form)
}

/** The Russian stop words of Snowball, as NLTK ships them: 151 words, already without ё. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня ' +
    'еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь ' +
    'там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз ' +
    'тоже себе под будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы ' +
    'нее сейчас были куда зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти ' +
    'нас про всего них какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя ' +
    'такой им более всегда конечно всю между'
  ).split(' '),
)

/** What channels say about themselves rather than about the news. Kept apart: no standard list has these. */
export const TELEGRAM_NOISE: ReadonlySet<string> = new Set(
  (
    'подписаться подписывайтесь подпишись подпишитесь подписывайся читать читайте подробнее смотреть смотрите ' +
    'слушать слушайте ссылка ссылке канал канале каналы телеграм telegram прислать реклама промокод источник фото видео'
  ).split(' '),
)
