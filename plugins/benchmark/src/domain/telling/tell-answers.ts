import type {AnswerFacts} from '../answers/answer-facts.js'
import {joinTold, type Told} from './told.js'

/** `450 written anew by qwen3-32b, 148 samples with differing texts, 2 not written (timed out 2)` */
export function tellAnswers({answers, written, missing, differing}: AnswerFacts, model: string | null): Told {
  const why = Object.entries(missing)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ')
  const unwritten = answers - written
  return joinTold(
    [
      {ru: `${written} заново написал ${model ?? '—'}`, en: `${written} written anew by ${model ?? '—'}`},
      {ru: `образцов с разными текстами: ${differing}`, en: `samples with differing texts: ${differing}`},
      ...(unwritten > 0 ? [{ru: `не написано ${unwritten} (${why})`, en: `not written: ${unwritten} (${why})`}] : []),
    ],
    ', ',
  )
}
