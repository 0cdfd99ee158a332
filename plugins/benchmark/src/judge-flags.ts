import {usageError, wholeNumber, type Message} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'
import {message} from './words/words.js'

export const positiveNumber = numberFlag(message('aboveZero'), value => value > 0)
export const notNegative = numberFlag(message('atLeastZero'), value => value >= 0)

function numberFlag(expected: Message, accepts: (value: number) => boolean) {
  return Flags.custom<number>({
    helpValue: 'X',
    async parse(input) {
      const value = input.trim() === '' ? Number.NaN : Number(input)
      if (!accepts(value) || value === Infinity) throw usageError(message('expectedButReceived', {expected, input}))
      return value
    },
  })
}

/** For a judge that asks a language model. */
export const judgeFlags = {
  model: Flags.string({summary: 'Model that judges, at LLM_URL.', helpGroup: 'LLM JUDGE', env: 'EP23_BENCHMARK_MODEL'}),
  replay: Flags.string({
    summary: 'strict: only answers that are stored already, no network.',
    options: ['off', 'strict'],
    default: 'off',
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_REPLAY',
  }),
  temperature: notNegative({
    summary: 'Sent where the server accepts it.',
    default: 0,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_TEMPERATURE',
  }),
  seed: wholeNumber({
    summary: 'Sent where the server accepts it.',
    default: 23,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_SEED',
  }),
  'prompt-price': notNegative({
    summary: 'Price of a million prompt tokens.',
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_PROMPT_PRICE',
  }),
  'completion-price': notNegative({
    summary: 'Price of a million completion tokens.',
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_COMPLETION_PRICE',
  }),
  'max-source': wholeNumber({
    summary: 'Longest source in characters that is sent whole; what is cut is recorded.',
    default: 60_000,
    min: 1000,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_MAX_SOURCE',
  }),
  concurrency: wholeNumber({
    summary: 'Most requests at once; the server may bring it down.',
    default: 16,
    min: 1,
    max: 256,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_CONCURRENCY',
  }),
  'attempt-timeout': positiveNumber({
    summary: 'Seconds that one request may take.',
    default: 120,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_ATTEMPT_TIMEOUT',
  }),
  attempts: wholeNumber({
    summary: 'Requests for one judgement before it is given up.',
    default: 6,
    min: 1,
    max: 50,
    helpGroup: 'LLM JUDGE',
    env: 'EP23_BENCHMARK_ATTEMPTS',
  }),
}

/** Where a run stops by itself, and which verdicts count as failures of the command. */
export const limitFlags = {
  'fail-on-warn': Flags.boolean({
    summary: 'Exit 3 when a gate warns.',
    default: false,
    env: 'EP23_BENCHMARK_FAIL_ON_WARN',
  }),
  'allow-undecided': Flags.boolean({
    summary: 'Exit 0 instead of 4 when the run is undecided.',
    default: false,
    env: 'EP23_BENCHMARK_ALLOW_UNDECIDED',
  }),
  'require-calibration': Flags.boolean({
    summary: 'Leave gates undecided whose score was never held against people (benchmark:calibrate --save).',
    default: false,
    env: 'EP23_BENCHMARK_REQUIRE_CALIBRATION',
  }),
  'require-proof': Flags.boolean({
    summary: 'Refuse records without a manifest beside them.',
    default: false,
    env: 'EP23_BENCHMARK_REQUIRE_PROOF',
  }),
  'max-cost': positiveNumber({
    summary: 'Stop when judging has cost so much (needs prices).',
    env: 'EP23_BENCHMARK_MAX_COST',
  }),
  'max-tokens': wholeNumber({summary: 'Stop after so many tokens.', min: 1, env: 'EP23_BENCHMARK_MAX_TOKENS'}),
  'max-minutes': positiveNumber({summary: 'Stop after so many minutes.', env: 'EP23_BENCHMARK_MAX_MINUTES'}),
  'sample-timeout': positiveNumber({
    summary: 'Seconds that one sample may take, all attempts together.',
    default: 300,
    env: 'EP23_BENCHMARK_SAMPLE_TIMEOUT',
  }),
}

/** As a command parsed them. */
export type JudgeFlags = InferredFlags<typeof judgeFlags>
