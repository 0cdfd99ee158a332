import {Flags} from '@oclif/core'
import {BaseCommand, day, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {parseChannel} from '../../../domain/channel.js'
import {historySize, listHistory, renderHistory, retentionOf, type HistoryData} from '../../../usecases/history.js'

export default class DatasetHistory extends BaseCommand<typeof DatasetHistory> {
  static override summary = 'List digests and review reports that were overwritten or removed, newest first.'
  static override description = `Seed, import, purge and restore put what they overwrite or remove into the history before they do so; dataset:restore brings it back.
ep23.config.yaml says how long and how much is kept (dataset.history.days, by default 90, and dataset.history.mib, by default 1024).`
  static override examples = [
    '<%= config.bin %> dataset:history',
    '<%= config.bin %> dataset:history --channel @habr --day 2024-11-04',
    '<%= config.bin %> dataset:history --run RUN --json',
  ]
  static override flags = {
    run: Flags.string({summary: 'Only what this run overwrote or removed.', env: 'EP23_DATASET_HISTORY_RUN'}),
    channel: Flags.string({
      summary: 'Only documents of this channel.',
      helpValue: '@name',
      env: 'EP23_DATASET_HISTORY_CHANNEL',
    }),
    day: day({summary: 'Only documents of this day.', env: 'EP23_DATASET_HISTORY_DAY'}),
    limit: wholeNumber({
      summary: 'How many versions to list.',
      min: 1,
      max: 100_000,
      default: 50,
      env: 'EP23_DATASET_HISTORY_LIMIT',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DatasetHistory>): Promise<CommandResult<HistoryData>> {
    const {store, settings} = this.runtime
    const {run, channel, day: ofDay, limit} = flags
    const query = {
      limit,
      ...(run && {run}),
      ...(channel && {channel: parseChannel(channel)}),
      ...(ofDay && {day: ofDay}),
    }
    const items = await listHistory(store, query)
    const data = {...(await historySize(store)), retention: retentionOf(settings.section('dataset')), items}
    return {data, text: renderHistory(data)}
  }
}
