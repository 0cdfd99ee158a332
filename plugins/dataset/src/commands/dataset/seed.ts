import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {SeedReport} from '../../usecases/seed-report.js'
import {seedFlags} from '../../flags.js'

export default class DatasetSeed extends BaseCommand<typeof DatasetSeed> {
  static override summary =
    'Fill the store with a benchmark dataset: daily digests and review reports of Russian channels.'
  static override description = `Reads the channels' posts, writes a digest for each day of the window and a review report for each digest.
Days with too few posts for a digest are gaps: they are filled with digests marked synthetic, or refused with --gaps fail.
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
  static override flags = seedFlags
  static override args = {}
  static override idempotent = true
  static override makesStore = true

  protected async execute({flags}: Input<typeof DatasetSeed>): Promise<CommandResult<SeedReport>> {
    const {seed} = await import('../../actions/seed.js')
    return seed(this.runtime, flags)
  }
}
