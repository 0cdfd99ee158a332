import {join} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {BaseCommand, wholeNumber, type CommandResult, type Input, datasetDirFlag} from '@ep23/sdk'

import {windowFlags} from '../../flags.js'
import {lastSnapshotWindow, openSnapshot} from '../../adapters/evidence/snapshot-folder.js'
import {message} from '../../words/words.js'

export interface SpotcheckData {
  path: string
  digest_ids: string[]
}

const FILE = 'ru_spotcheck.md'

export default class DatasetSpotcheck extends BaseCommand<typeof DatasetSpotcheck> {
  static override summary = 'Write a checklist of sampled digests in Russian and English for a person to sign.'
  static override examples = [
    '<%= config.bin %> dataset:spotcheck',
    '<%= config.bin %> dataset:spotcheck --count 10 --seed 7',
    {description: 'Five digests of each channel', command: '<%= config.bin %> dataset:spotcheck --per-channel'},
  ]
  static override flags = {
    ...windowFlags,
    count: wholeNumber({
      summary: 'How many digests.',
      min: 1,
      max: 1000,
      default: 5,
      env: 'EP23_DATASET_SPOTCHECK_COUNT',
    }),
    'per-channel': Flags.boolean({
      summary: 'Sample --count digests from each channel, as the team does, instead of from all channels together.',
      env: 'EP23_DATASET_SPOTCHECK_PER_CHANNEL',
    }),
    seed: wholeNumber({summary: 'Seed of the sample.', default: 23, env: 'EP23_DATASET_SPOTCHECK_SEED'}),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof DatasetSpotcheck>): Promise<CommandResult<SpotcheckData>> {
    const {windowOfFlags} = await import('../../usecases/audit-dataset.js')
    const {spotcheckDataset} = await import('../../usecases/spotcheck-dataset.js')
    const {settings, store, clock} = this.runtime
    const {count, seed, 'per-channel': perChannel} = flags
    const window = await windowOfFlags(store, flags, await lastSnapshotWindow(settings.datasetDir))
    const {markdown, digest_ids} = await spotcheckDataset({store, clock}, {window, count, seed, perChannel})
    const snapshot = openSnapshot(settings.datasetDir, clock.now())
    await snapshot.write(FILE, markdown)
    const path = join(snapshot.folder, FILE)
    return {data: {path, digest_ids}, text: [message('toCheck', {digests: digest_ids.length, path})]}
  }
}
