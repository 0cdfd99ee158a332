import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input, datasetDirFlag} from '@ep23/sdk'

import {lastSeededZone} from '../../adapters/evidence/snapshot-folder.js'
import {channelDayArgs, timeZoneFlag} from '../../flags.js'
import {channelDay, dayDocuments, renderDay} from '../../usecases/show-day.js'

export interface ShownDay {
  channel: string
  day: string
  digests: object[]
  review_reports: object[]
}

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
  static override args = channelDayArgs
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof DatasetShow>): Promise<CommandResult<ShownDay>> {
    const {store, settings} = this.runtime
    const wanted = channelDay(args, flags['time-zone'] ?? (await lastSeededZone(settings.datasetDir)))
    const found = await dayDocuments(store, wanted)
    return {
      data: {
        channel: wanted.channel,
        day: wanted.day,
        digests: found.digests.map(({document}) => document),
        review_reports: found.review_reports.map(({document}) => document),
      },
      text: renderDay(found, flags),
    }
  }
}
