import {usageError, wholeNumber} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'

const positiveNumber = numberFlag('a number above 0', value => value > 0)
const notNegative = numberFlag('a number of at least 0', value => value >= 0)

function numberFlag(expected: string, accepts: (value: number) => boolean) {
  return Flags.custom<number>({
    helpValue: 'X',
    async parse(input) {
      const value = input.trim() === '' ? Number.NaN : Number(input)
      if (!accepts(value) || value === Infinity) throw usageError(`expected ${expected} but received: ${input}`)
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

/** Where runs and baselines are; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const runsDirFlag = Flags.string({summary: 'Folder of runs and baselines.', helpValue: 'DIR'})

export const runArg = Args.string({
  description: 'A run: its id, the beginning of one, `latest`, or its folder.',
  required: true,
})

/** For answers that are written anew instead of those that came with the dataset. */
const answerFlags = {
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

/** Whatever judges a scenario: `benchmark:run` and `benchmark:pilot`. */
export const runFlags = {
  scenario: Flags.string({
    char: 's',
    summary: 'Name of a scenario, or its YAML file.',
    helpValue: 'NAME|FILE',
    required: true,
    env: 'EP23_BENCHMARK_SCENARIO',
  }),
  dataset: Flags.string({
    char: 'd',
    summary: 'An exported file (.jsonl, .gz, .zst), or the store.',
    helpValue: 'FILE|store',
    default: 'store',
    env: 'EP23_BENCHMARK_DATASET',
  }),
  judge: Flags.string({
    char: 'j',
    summary: "lexical, recorded, llm, or a plugin's. [default: the scenario's]",
    env: 'EP23_BENCHMARK_JUDGE',
  }),
  'judge-repeats': wholeNumber({
    summary: 'How often each answer is judged.',
    default: 1,
    min: 1,
    max: 100,
    env: 'EP23_BENCHMARK_JUDGE_REPEATS',
  }),
  limit: wholeNumber({summary: 'Only the first N samples.', min: 1, env: 'EP23_BENCHMARK_LIMIT'}),
  ...answerFlags,
  ...limitFlags,
  ...judgeFlags,
  'dataset-dir': runsDirFlag,
}

/** As a command parsed them. */
export type JudgeFlags = InferredFlags<typeof judgeFlags>
export type RunFlags = InferredFlags<typeof runFlags>
