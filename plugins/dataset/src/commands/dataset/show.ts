import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {datasetDirFlag, timeZoneFlag} from '../../flags.js'
import type {ShownDay} from '../../wiring/look-as-asked.js'

export default class DatasetShow extends BaseCommand<typeof DatasetShow> {
  static override summary = "Show one day's digest, with its posts or its review."
  static override examples = [
    '<%= config.bin %> dataset:show @habr 2024-11-04',
    '<%= config.bin %> dataset:show @habr 2024-11-04 --posts',
    '<%= config.bin %> dataset:show @habr 2024-11-04 --review',
  ]
  static override flags = {
    posts: Flags.boolean({summary: 'Also the posts it was made from.', default: false, env: 'EP23_DATASET_SHOW_POSTS'}),
    review: Flags.boolean({
      summary: 'The review report in its place.',
      default: false,
      exclusive: ['posts'],
      env: 'EP23_DATASET_SHOW_REVIEW',
    }),
    'time-zone': timeZoneFlag,
    'dataset-dir': datasetDirFlag,
  }
  static override args = {
    channel: Args.string({description: '@name or t.me/name.', required: true}),
    day: Args.string({description: 'YYYY-MM-DD.', required: true}),
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof DatasetShow>): Promise<CommandResult<ShownDay>> {
    const {showAsAsked} = await import('../../wiring/look-as-asked.js')
    return showAsAsked(this.runtime, args, flags)
  }
}
