import {wholeNumber} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'

import {answerFlags} from './answer-flags.js'
import {SPLITS} from './domain/label/label-plan.js'
import {judgeFlags, limitFlags} from './judge-flags.js'
import {queuedRunFlags} from './queue-flags.js'

/** Where runs and baselines are; settings resolve it with EP23_DATASET_DIR and the settings file. */
export const runsDirFlag = Flags.string({summary: 'Folder of runs and baselines.', helpValue: 'DIR'})

export const runArg = Args.string({
  description: 'A run: its id, the beginning of one, `latest`, or its folder.',
  required: true,
})

/** Whatever judges a scenario: `benchmark:run` and `benchmark:pilot`. */
const runFlags = {
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
  ...queuedRunFlags,
  'dataset-dir': runsDirFlag,
}

/** Of `benchmark:run`. */
export const benchmarkFlags = {
  ...runFlags,
  'dry-run': Flags.boolean({
    summary: 'Ask nobody: take the scores stored with the samples (--judge recorded).',
    exclusive: ['judge', 'answer-writer'],
    default: false,
    env: 'EP23_BENCHMARK_DRY_RUN',
  }),
  resume: Flags.boolean({
    summary: 'Go on with the last unfinished run of this scenario, or the one in --output.',
    default: false,
    env: 'EP23_BENCHMARK_RESUME',
  }),
  baseline: Flags.string({
    summary: 'Baseline that benchmark:compare takes for this run.',
    helpValue: 'NAME',
    env: 'EP23_BENCHMARK_BASELINE',
  }),
  output: Flags.string({
    char: 'o',
    summary: 'Folder of this run. [default: <dataset dir>/benchmarks/<run id>]',
    helpValue: 'DIR',
    env: 'EP23_BENCHMARK_OUTPUT',
  }),
}

/** Of `benchmark:pilot`. */
export const pilotFlags = {
  ...runFlags,
  against: Flags.string({
    summary: 'Baseline or run that the live run is compared with. [default: the dry run]',
    helpValue: 'NAME|RUN',
    env: 'EP23_BENCHMARK_PILOT_AGAINST',
  }),
  log: Flags.string({
    summary: 'The log. [default: stage_05_03_pilot_log.md in the dataset folder]',
    helpValue: 'FILE',
    env: 'EP23_BENCHMARK_PILOT_LOG',
  }),
  replace: Flags.boolean({summary: 'Write over a log that exists.', env: 'EP23_BENCHMARK_PILOT_REPLACE'}),
}

/** Of `benchmark:calibrate`. */
export const calibrateFlags = {
  labels: Flags.string({
    summary: 'Labelled summaries, or a plan of benchmark:label.',
    helpValue: 'FILE|PLAN',
    required: true,
    env: 'EP23_BENCHMARK_CALIBRATE_LABELS',
  }),
  sources: Flags.string({
    summary: 'Source texts by key, when the labels do not hold them.',
    helpValue: 'FILE',
    env: 'EP23_BENCHMARK_CALIBRATE_SOURCES',
  }),
  columns: Flags.string({
    summary: 'Columns by field: source, summary, human_score, key, group.',
    helpValue: 'FIELD=COLUMN,…',
    env: 'EP23_BENCHMARK_CALIBRATE_COLUMNS',
  }),
  judge: Flags.string({
    char: 'j',
    summary: 'One more judge: llm, or a plugin’s.',
    env: 'EP23_BENCHMARK_CALIBRATE_JUDGE',
  }),
  scenario: Flags.string({
    char: 's',
    summary: 'Scenario that says what that judge scores, and by which prompt.',
    default: 'channel_digest_ru',
    helpValue: 'NAME|FILE',
    env: 'EP23_BENCHMARK_CALIBRATE_SCENARIO',
  }),
  resamples: wholeNumber({
    summary: 'Bootstrap resamples of each interval.',
    min: 100,
    max: 1_000_000,
    default: 1000,
    env: 'EP23_BENCHMARK_CALIBRATE_RESAMPLES',
  }),
  save: Flags.boolean({
    summary: "Keep the judges' results, for the gates of benchmark:run to name.",
    default: false,
    env: 'EP23_BENCHMARK_CALIBRATE_SAVE',
  }),
  part: Flags.option({options: [...SPLITS, 'all'] as const})({
    summary: 'Labels of a plan that are looked at; looks at the held-out ones are counted.',
    default: 'all' as const,
    env: 'EP23_BENCHMARK_CALIBRATE_PART',
  }),
  next: wholeNumber({
    summary: 'Also draw a plan of so many further digests, more of those that the judge is unsure of.',
    min: 1,
    max: 10_000,
    env: 'EP23_BENCHMARK_CALIBRATE_NEXT',
  }),
  explain: Flags.boolean({
    summary: 'List each further digest with the probability by which it was drawn.',
    dependsOn: ['next'],
    env: 'EP23_BENCHMARK_CALIBRATE_EXPLAIN',
  }),
  rubric: Flags.string({
    summary: 'What the people were asked to score, kept with the result.',
    helpValue: 'TEXT',
    env: 'EP23_BENCHMARK_CALIBRATE_RUBRIC',
  }),
  'dataset-dir': runsDirFlag,
  ...judgeFlags,
}

/** As a command parsed them. */
export type RunFlags = InferredFlags<typeof runFlags>
export type BenchmarkFlags = InferredFlags<typeof benchmarkFlags>
export type PilotFlags = InferredFlags<typeof pilotFlags>
export type CalibrateFlags = InferredFlags<typeof calibrateFlags>
