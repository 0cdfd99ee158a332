import * as Flags from '@oclif/core/flags'
import {wholeNumber} from '@ep23/sdk'

import {judgeFlags, limitFlags, notNegative} from './flags-of-judges.js'
import {datasetDirFlag} from './flags-of-stored-runs.js'

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
  'dataset-dir': datasetDirFlag,
}
