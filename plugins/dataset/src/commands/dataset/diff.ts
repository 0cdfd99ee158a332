import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input, datasetDirFlag} from '@ep23/sdk'

import {lastSeededZone} from '../../adapters/evidence/snapshot-folder.js'
import {channelDayArgs, timeZoneFlag} from '../../flags.js'
import type {ComparedDigests} from '../../usecases/compare-digests.js'
import {channelDay} from '../../usecases/show-day.js'

export default class DatasetDiff extends BaseCommand<typeof DatasetDiff> {
  static override summary = "Compare one day's digest with another version of it: words, and facts gained and lost."
  static override description = `Marks words as wdiff does: [-removed-] and {+added+}. Facts are numbers with their word, names, links and tags.`
  static override examples = [
    '<%= config.bin %> dataset:diff @habr 2024-11-04 --with history',
    '<%= config.bin %> dataset:diff @habr 2024-11-04 --with last-week.jsonl',
    '<%= config.bin %> dataset:diff @habr 2024-11-04 --with team',
  ]
  static override flags = {
    with: Flags.string({
      summary:
        'The other version: what the last run replaced, a file, or the digest of another writer (synthetic, extractive, model, team).',
      helpValue: 'history|FILE|WRITER',
      default: 'history',
      env: 'EP23_DATASET_DIFF_WITH',
    }),
    'time-zone': timeZoneFlag,
    'dataset-dir': datasetDirFlag,
  }
  static override args = channelDayArgs
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof DatasetDiff>): Promise<CommandResult<ComparedDigests>> {
    const {readText} = await import('../../adapters/sources/files-at.js')
    const {documentRecords} = await import('../../adapters/sources/document-records.js')
    const {compareDigests} = await import('../../usecases/compare-digests.js')
    const {renderDiff} = await import('../../usecases/diff-digests.js')
    const {store, settings, signal} = this.runtime
    const wanted = channelDay(args, flags['time-zone'] ?? (await lastSeededZone(settings.datasetDir)))
    const deps = {store, readText, readDocuments: (path: string) => documentRecords(path, {signal})}
    const data = await compareDigests(deps, wanted, flags.with)
    return {data, text: renderDiff(data)}
  }
}
