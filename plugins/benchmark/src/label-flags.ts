import {share, wholeNumber} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'

import {LABEL_MODES} from './domain/label/label-plan.js'
import {runsDirFlag} from './flags.js'

export const planArg = Args.string({description: 'A plan: its name, or its folder.', required: true})

/** Where plans are and where their lines go. */
export const labelFolderFlags = {
  'labels-dir': Flags.string({
    summary: 'Folder of the plans.',
    helpValue: 'DIR',
    default: 'labels',
    env: 'EP23_BENCHMARK_LABEL_LABELS_DIR',
  }),
  'labels-in': Flags.option({options: ['files', 'store'] as const})({
    summary: 'Where raters’ lines are: files beside the plan, or the store’s collection ep23_labels.',
    default: 'files' as const,
    env: 'EP23_BENCHMARK_LABEL_LABELS_IN',
  }),
}

/** Of `benchmark:label plan`. */
export const labelPlanFlags = {
  run: Flags.string({
    summary: 'A run whose texts are labelled; give it again for more, at least two for pairs.',
    helpValue: 'RUN',
    required: true,
    multiple: true,
    env: 'EP23_BENCHMARK_LABEL_PLAN_RUN',
  }),
  raters: Flags.string({
    summary: 'Names of the raters.',
    helpValue: 'NAME,…',
    required: true,
    env: 'EP23_BENCHMARK_LABEL_PLAN_RATERS',
  }),
  name: Flags.string({
    summary: 'Name of the plan and its folder. [default: the mode and a hash of the runs]',
    helpValue: 'NAME',
    env: 'EP23_BENCHMARK_LABEL_PLAN_NAME',
  }),
  mode: Flags.option({options: LABEL_MODES})({
    summary: 'Scores of single digests, pairs of two writers, or claims on bullets.',
    default: 'score' as const,
    env: 'EP23_BENCHMARK_LABEL_PLAN_MODE',
  }),
  size: wholeNumber({
    summary: 'How many items.',
    min: 1,
    max: 10_000,
    default: 100,
    env: 'EP23_BENCHMARK_LABEL_PLAN_SIZE',
  }),
  overlap: share({
    summary: 'Share of the items that every rater labels.',
    default: 1,
    env: 'EP23_BENCHMARK_LABEL_PLAN_OVERLAP',
  }),
  'warm-up': wholeNumber({
    summary: 'First items, which are talked over and not counted. [default: 10 from 50 items on]',
    min: 0,
    max: 100,
    env: 'EP23_BENCHMARK_LABEL_PLAN_WARM_UP',
  }),
  by: Flags.option({options: ['uniform', 'uncertain'] as const})({
    summary: 'Take items alike, or more of those that the judge is unsure of.',
    default: 'uniform' as const,
    env: 'EP23_BENCHMARK_LABEL_PLAN_BY',
  }),
  seed: wholeNumber({summary: 'Of the dice.', default: 23, env: 'EP23_BENCHMARK_LABEL_PLAN_SEED'}),
  'labels-dir': labelFolderFlags['labels-dir'],
  'dataset-dir': runsDirFlag,
}

export type LabelFolderFlags = InferredFlags<typeof labelFolderFlags>
export type LabelPlanFlags = InferredFlags<typeof labelPlanFlags>
