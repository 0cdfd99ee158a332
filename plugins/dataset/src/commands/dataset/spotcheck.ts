import {join} from 'node:path'

import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {datasetDirFlag, windowFlags} from '../../flags.js'

const FILE = 'ru_spotcheck.md'

interface SpotcheckData {
  path: string
  digest_ids: string[]
}

export default class DatasetSpotcheck extends BaseCommand<typeof DatasetSpotcheck> {
  static override summary = 'Write a checklist of sampled digests in Russian and English for a person to sign.'
  static override examples = [
    '<%= config.bin %> dataset:spotcheck',
    '<%= config.bin %> dataset:spotcheck --count 10 --seed 7',
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
    seed: wholeNumber({summary: 'Seed of the sample.', default: 23, env: 'EP23_DATASET_SPOTCHECK_SEED'}),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof DatasetSpotcheck>): Promise<CommandResult<SpotcheckData>> {
    const {settings, store, clock} = this.runtime
    const [{lastSnapshotWindow, openSnapshot}, {resolveAuditWindow}, {spotcheckDataset}] = await Promise.all([
      import('../../adapters/snapshots/snapshot-folder.js'),
      import('../../usecases/resolve-audit-window.js'),
      import('../../usecases/spotcheck-dataset.js'),
    ])
    const window = resolveAuditWindow(flags, await lastSnapshotWindow(settings.datasetDir))
    const {markdown, digest_ids} = await spotcheckDataset(
      {store, clock},
      {window, count: flags.count, seed: flags.seed},
    )
    const snapshot = openSnapshot(settings.datasetDir, clock.now())
    await snapshot.write(FILE, markdown)
    const path = join(snapshot.folder, FILE)
    return {data: {path, digest_ids}, text: [`${digest_ids.length} digests to check: ${path}`]}
  }
}
