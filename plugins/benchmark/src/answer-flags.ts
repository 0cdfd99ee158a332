import {wholeNumber} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'

import {judgeFlags, limitFlags, notNegative} from './judge-flags.js'

/** For answers that are written anew instead of those that came with the dataset. */
export const answerFlags = {
  'answer-repeats': wholeNumber({
    summary: 'How many answers to each source; more than 1 needs --answer-writer.',
    default: 1,
    min: 1,
    max: 100,
    helpGroup: 'ANSWERS',
    env: 'EP23_BENCHMARK_ANSWER_REPEATS',
  }),
  'answer-writer': Flags.string({
    summary: 'Write the answers anew: extractive, or openai:MODEL at LLM_URL.',
    helpValue: 'NAME',
    helpGroup: 'ANSWERS',
    env: 'EP23_BENCHMARK_ANSWER_WRITER',
  }),
  'answer-temperature': notNegative({
    summary: "Of the writer. [default: the server's own]",
    helpGroup: 'ANSWERS',
    env: 'EP23_BENCHMARK_ANSWER_TEMPERATURE',
  }),
  'answer-prompt-price': notNegative({
    summary: "Price of a million prompt tokens of the writer. [default: the judge's, for the same model]",
    helpGroup: 'ANSWERS',
    env: 'EP23_BENCHMARK_ANSWER_PROMPT_PRICE',
  }),
  'answer-completion-price': notNegative({
    summary: "Price of a million completion tokens of the writer. [default: the judge's, for the same model]",
    helpGroup: 'ANSWERS',
    env: 'EP23_BENCHMARK_ANSWER_COMPLETION_PRICE',
  }),
}

/** What decides how judge and writer ask; a queue hands these to workers, so none may be a secret. */
export const askingFlags = {
  ...answerFlags,
  ...judgeFlags,
  'sample-timeout': limitFlags['sample-timeout'],
  'max-minutes': limitFlags['max-minutes'],
}

export type AskingFlags = InferredFlags<typeof askingFlags>
