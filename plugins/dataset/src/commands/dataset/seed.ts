import * as Flags from '@oclif/core/flags'
import {BaseCommand, day, share, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {SeedReport} from '../../usecases/seed/seed-report.js'
import {datasetDirFlag} from '../../flags.js'

export default class DatasetSeed extends BaseCommand<typeof DatasetSeed> {
  static override summary =
    'Fill the store with a benchmark dataset: daily digests and review reports of Russian channels.'
  static override description = `Reads the channels' posts, writes a digest for each day of the window and a review report for each digest.
Days whose posts are too little for a digest are gaps: they are filled synthetically, and marked so, or refused with --gaps fail.
A second run over the same sources writes nothing; a run that was killed is completed by running it again.`
  static override examples = [
    {description: 'The demo of five channels, all synthetic', command: '<%= config.bin %> dataset:seed'},
    {
      description: 'Real channels from their exports',
      command:
        '<%= config.bin %> dataset:seed --from @habr=exports/habr.json --from @proglib=exports/proglib/ --until 2024-12-03',
    },
    {
      description: 'All channels of the team’s database',
      command: '<%= config.bin %> dataset:seed --from mongodb://db.team/butler',
    },
    {description: 'What would be written', command: '<%= config.bin %> dataset:seed --from @habr=habr.json --plan'},
  ]
  static override flags = {
    from: Flags.string({
      summary: "A channel's posts: a file or folder in any known format, or the team's database. May be repeated.",
      helpValue: '[@channel=]FILE|mongodb://…[#Title]',
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
      summary: 'What to do with days that have too little text.',
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
    plan: Flags.boolean({
      summary: 'Write nothing; show what would be inserted, changed and kept.',
      env: 'EP23_DATASET_SEED_PLAN',
    }),
    replace: Flags.boolean({
      summary: 'Rewrite the window and remove these channels’ documents outside it.',
      env: 'EP23_DATASET_SEED_REPLACE',
    }),
    'skip-invalid': Flags.boolean({
      summary: 'Keep the fine records of a partly bad file; the bad ones go to a quarantine file.',
      env: 'EP23_DATASET_SEED_SKIP_INVALID',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof DatasetSeed>): Promise<CommandResult<SeedReport>> {
    const {seedAsAsked} = await import('../../wiring/seed-as-asked.js')
    return seedAsAsked(this.runtime, flags)
  }
}
