import type {UnmeasuredReason} from '@ep23/sdk'
import {answerText, withoutFence} from '@ep23/llm/text'
import {cyrillicShare} from '@ep23/plugin-dataset/text'

const FEWEST_CYRILLIC = 0.6

interface AnswerProblem {
  reason: UnmeasuredReason
  /** As a Russian clause that the model is told, and in English for the user. */
  toModel: string
  toUser: string
}

/** Why a text is no answer; undefined for a usable one. What is badly written is an answer: judging it is the judge's work. */
export function answerProblem(text: string): AnswerProblem | undefined {
  if (text.trim() === '') return {reason: 'empty_summary', toModel: 'он пуст', toUser: 'the answer is empty'}
  if (cyrillicShare(text) >= FEWEST_CYRILLIC) return undefined
  return {reason: 'invalid_reply', toModel: 'он не на русском языке', toUser: 'the answer is not in Russian'}
}

/** What a model wrote, without its thinking and without a code fence around it. */
export function writtenText(reply: string): string {
  return withoutFence(answerText(reply))
}
