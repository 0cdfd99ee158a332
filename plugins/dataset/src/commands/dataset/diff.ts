import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {datasetDirFlag, timeZoneFlag} from '../../flags.js'
import type {ComparedDigests} from '../../wiring/look-as-asked.js'

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
  static override args = {
    channel: Args.string({description: '@name or t.me/name.', required: true}),
    day: Args.string({description: 'YYYY-MM-DD.', required: true}),
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof DatasetDiff>): Promise<CommandResult<ComparedDigests>> {
    const {diffAsAsked} = await import('../../wiring/look-as-asked.js')
    return diffAsAsked(this.runtime, args, flags)
  }
}
