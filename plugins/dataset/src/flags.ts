import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'
import {day, share, wholeNumber, datasetDirFlag} from '@ep23/sdk'

/** Zone of the calendar days that documents belong to. */
export const timeZoneFlag = Flags.string({
  summary: 'Zone whose calendar days are meant. [default: from the last seed]',
  helpValue: 'ZONE',
  env: 'EP23_DATASET_TIME_ZONE',
})

/** A window of stored documents; what is not named is taken from the last snapshot. */
export const windowFlags = {
  until: day({summary: 'Last day of the window. [default: from the last seed]', env: 'EP23_DATASET_UNTIL'}),
  days: wholeNumber({
    summary: 'Length of the window in days. [default: from the last seed]',
    min: 1,
    max: 3660,
    env: 'EP23_DATASET_DAYS',
  }),
  'time-zone': timeZoneFlag,
}
export type WindowFlags = InferredFlags<typeof windowFlags>

/** One day of one channel, as arguments. */
export const channelDayArgs = {
  channel: Args.string({description: '@name or t.me/name.', required: true}),
  day: Args.string({description: 'YYYY-MM-DD.', required: true}),
}

/** What dataset:seed builds and from what; what is absent is taken from the settings file or the default. */
export const seedFlags = {
  from: Flags.string({
    summary: "A channel's posts: a file or folder in any known format, or the team's database. May be repeated.",
    helpValue: '@channel=FILE|[@channel=]mongodb://…[#Title]',
    multiple: true,
    env: 'EP23_DATASET_SEED_FROM',
  }),
  channels: Flags.string({
    summary: 'Only these channels, comma-separated.',
    helpValue: '@a,@b',
    env: 'EP23_DATASET_SEED_CHANNELS',
  }),
  days: wholeNumber({
    summary: 'Length of the window in days. [default: 30]',
    min: 1,
    max: 3660,
    env: 'EP23_DATASET_SEED_DAYS',
  }),
  minimum: wholeNumber({
    summary: 'Fewest digests a channel must have. [default: 30]',
    min: 0,
    max: 3660,
    env: 'EP23_DATASET_SEED_MINIMUM',
  }),
  until: Flags.string({
    summary: 'Last day of the window, or "latest": the last day that all sources cover whole.',
    helpValue: 'YYYY-MM-DD|latest',
    env: 'EP23_DATASET_SEED_UNTIL',
    parse: async (input, context, options) => (input === 'latest' ? input : day().parse(input, context, options)),
  }),
  'time-zone': Flags.string({
    summary: 'Zone whose calendar days are used. [default: Europe/Moscow]',
    helpValue: 'ZONE',
    env: 'EP23_DATASET_SEED_TIME_ZONE',
  }),
  'source-time-zone': Flags.string({
    summary:
      "Zone of the sources' dates that have no UTC offset. [default: UTC where they come from Telegram's API, else --time-zone]",
    helpValue: 'ZONE',
    env: 'EP23_DATASET_SEED_SOURCE_TIME_ZONE',
  }),
  gaps: Flags.string({
    summary: 'What to do with days that have too few posts.',
    options: ['synthetic', 'fail'],
    default: 'synthetic',
    env: 'EP23_DATASET_SEED_GAPS',
  }),
  'max-synthetic-share': share({
    summary: 'Refuse a dataset with a larger share of synthetic digests.',
    default: 1,
    env: 'EP23_DATASET_SEED_MAX_SYNTHETIC_SHARE',
  }),
  seed: wholeNumber({summary: 'Seed of the synthetic generator.', default: 23, env: 'EP23_DATASET_SEED_SEED'}),
  summarizer: Flags.string({
    summary: 'Who writes the digests: "extractive", or "openai:MODEL" at LLM_URL.',
    default: 'extractive',
    env: 'EP23_DATASET_SEED_SUMMARIZER',
  }),
  queue: Flags.string({
    summary: 'Let workers (benchmark:work) write the digests of a model: redis://[USER:PASSWORD@]HOST:PORT[/DB].',
    helpValue: 'URL',
    env: 'EP23_DATASET_SEED_QUEUE',
  }),
  concurrency: wholeNumber({
    summary: 'Days that all workers together write at once; with --queue. [default: 16]',
    min: 1,
    max: 256,
    dependsOn: ['queue'],
    env: 'EP23_DATASET_SEED_CONCURRENCY',
  }),
  rate: wholeNumber({
    summary: 'Most days that all workers together begin in a second; with --queue.',
    min: 1,
    dependsOn: ['queue'],
    env: 'EP23_DATASET_SEED_RATE',
  }),
  plan: Flags.boolean({
    summary: 'Write nothing; show what would be inserted, changed and kept.',
    env: 'EP23_DATASET_SEED_PLAN',
  }),
  replace: Flags.boolean({
    summary: 'Rewrite the window and remove these channels’ documents outside it.',
    env: 'EP23_DATASET_SEED_REPLACE',
  }),
  'skip-invalid': Flags.boolean({
    summary: 'Keep the valid records of a partly invalid file; put the others into a quarantine file.',
    env: 'EP23_DATASET_SEED_SKIP_INVALID',
  }),
  'dataset-dir': datasetDirFlag,
}
export type SeedFlags = InferredFlags<typeof seedFlags>
