import {russianCount} from '@ep23/sdk'
import type {AnswerFacts} from '../answers.js'
import type {VarianceFacts, VariancePart} from '../run-result.js'
import {numberText, percentText} from '@ep23/report/numbers'
import {englishCount, joinTexts, type LocalizedText} from './localized-text.js'

type PartName = 'item' | 'answer' | 'judge'

export const VARIANCE_PARTS: readonly PartName[] = ['item', 'answer', 'judge']

const NAMES: Readonly<Record<PartName, LocalizedText>> = {
  item: {ru: 'образцы', en: 'samples'},
  answer: {ru: 'ответы', en: 'answers'},
  judge: {ru: 'судья', en: 'judge'},
}

export function variancePartName(name: PartName): LocalizedText {
  return NAMES[name]
}

/** `62 % [50, 71]`, or why there is no number. */
export function varianceShareText(name: PartName, facts: VarianceFacts): LocalizedText {
  const {share, low, high, remark} = facts[name]
  if (remark === 'same_texts')
    return {ru: '0 %: все ответы на источник — один текст', en: '0 %: all answers to a source are one text'}
  if (remark === 'not_estimable' || share === null) return notEstimable(name, facts)
  const bounds = low === null || high === null ? '' : ` [${Math.round(low * 100)}, ${Math.round(high * 100)}]`
  const text = `${percentText(share, 0)}${bounds}`
  return remark === 'below_noise' ? {ru: `${text}, меньше шума`, en: `${text}, below the noise`} : {ru: text, en: text}
}

function notEstimable(name: PartName, {answers, judgements}: VarianceFacts): LocalizedText {
  if (name === 'item') return {ru: 'не оценить по одному образцу', en: 'not estimable from one sample'}
  if (name === 'answer')
    return {
      ru: `не оценить: ${russianCount(answers, ['ответ', 'ответа', 'ответов'])} на источник (это часть различия образцов)`,
      en: `not estimable with ${englishCount(answers, 'answer')} to a source (it is part of the samples' share)`,
    }
  const ru = `не оценить: ${russianCount(judgements, ['оценка', 'оценки', 'оценок'])} на ответ`
  return {
    ru: `${ru} (это часть различия ${answers > 1 ? 'ответов' : 'образцов'})`,
    en: `not estimable with ${englishCount(judgements, 'judgement')} of an answer (it is part of the ${answers > 1 ? "answers'" : "samples'"} share)`,
  }
}

/** `samples 62 % [50, 71]; answers …; judge …` */
export function varianceMessage(facts: VarianceFacts): LocalizedText {
  const parts = VARIANCE_PARTS.map(name => joinTexts([NAMES[name], varianceShareText(name, facts)], ' '))
  return joinTexts(parts, '; ')
}

/** Which repeat to spend the next calls on. */
export function repeatPlanMessage(facts: VarianceFacts): LocalizedText {
  const {recommendation, options, standard_error: now} = facts.plan
  const best = options.find(({add}) => add === recommendation)
  const untold = isUntold(facts.answer) ? UNTOLD : NOTHING
  if (!best) return joinTexts([NEITHER, untold], '')
  const gain = Math.round(best.gain * 100)
  const [ru, en] =
    best.add === 'answer'
      ? ['ещё один ответ на источник', 'one more answer to each source']
      : ['ещё одна оценка каждого ответа', 'one more judgement of each answer']
  const calls = best.extra_calls
  const told = {
    ru: `${ru} (${russianCount(calls, ['запрос', 'запроса', 'запросов'])}) снимет ${gain} % дисперсии среднего: ошибка ${numberText(now)} → ${numberText(best.standard_error)}`,
    en: `${en} (${englishCount(calls, 'call')}) takes away ${gain} % of the mean's error variance: standard error ${numberText(now)} -> ${numberText(best.standard_error)}`,
  }
  return joinTexts([told, untold], '')
}

const NOTHING: LocalizedText = {ru: '', en: ''}
const NEITHER: LocalizedText = {
  ru: 'повторы уже почти ничего не дают: точнее станет только с новыми образцами',
  en: 'repeats give hardly anything any more: only more samples make it surer',
}
const UNTOLD: LocalizedText = {
  ru: '; помогли бы новые ответы, не видно без --answer-repeats',
  en: '; whether more answers would help cannot be told without --answer-repeats',
}

function isUntold({remark}: VariancePart): boolean {
  return remark === 'not_estimable'
}

/** `450 written anew by qwen3-32b, 148 samples with differing texts, 2 not written (timed out 2)` */
export function answersMessage(
  {answers, written, missing, differing}: AnswerFacts,
  model: string | null,
): LocalizedText {
  const why = Object.entries(missing)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ')
  const unwritten = answers - written
  return joinTexts(
    [
      {ru: `${written} заново написал ${model ?? '—'}`, en: `${written} written anew by ${model ?? '—'}`},
      {ru: `образцов с разными текстами: ${differing}`, en: `samples with differing texts: ${differing}`},
      ...(unwritten > 0 ? [{ru: `не написано ${unwritten} (${why})`, en: `not written: ${unwritten} (${why})`}] : []),
    ],
    ', ',
  )
}
