import * as Flags from '@oclif/core/flags'
import {BaseCommand, wholeNumber, type CommandResult, type Input, datasetDirFlag} from '@ep23/sdk'

import {ORIGINS, WRITER_KINDS} from '../../domain/document-values.js'
import {lastSeededZone} from '../../adapters/evidence/snapshot-folder.js'
import {parseChannel} from '../../domain/channel.js'
import {timeZoneFlag} from '../../flags.js'
import {listDigests, renderDigestList, type DigestList} from '../../usecases/list-digests.js'

export default class DatasetList extends BaseCommand<typeof DatasetList> {
  static override summary = 'List the stored digests: channel, day, origin, who wrote them.'
  static override examples = [
    '<%= config.bin %> dataset:list',
    '<%= config.bin %> dataset:list --channel @habr --writer model',
    '<%= config.bin %> dataset:list --origin team --json',
  ]
  static override flags = {
    channel: Flags.string({
      summary: 'Only this channel. May be repeated.',
      helpValue: '@name',
      multiple: true,
      env: 'EP23_DATASET_LIST_CHANNEL',
    }),
    origin: Flags.option({options: ORIGINS})({
      summary: 'Only documents of this origin.',
      env: 'EP23_DATASET_LIST_ORIGIN',
    }),
    writer: Flags.option({options: WRITER_KINDS})({
      summary: 'Only digests by this kind of writer.',
      env: 'EP23_DATASET_LIST_WRITER',
    }),
    limit: wholeNumber({
      summary: 'List at most this many digests.',
      min: 1,
      default: 1000,
      env: 'EP23_DATASET_LIST_LIMIT',
    }),
    'time-zone': timeZoneFlag,
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DatasetList>): Promise<CommandResult<DigestList>> {
    const {store, settings} = this.runtime
    const {channel, origin, writer, limit, 'time-zone': zone} = flags
    const list = await listDigests(store, {
      ...{limit, zone: zone ?? (await lastSeededZone(settings.datasetDir))},
      ...(channel && {channels: channel.map(parseChannel)}),
      ...(origin && {origin}),
      ...(writer && {writer}),
    })
    return {data: list, text: renderDigestList(list)}
  }
}
