import * as Flags from '@oclif/core/flags'
import {BaseCommand, day, interruptedError, usageError, type CommandResult, type Input, type Message} from '@ep23/sdk'

import {ORIGINS} from '../../domain/document-values.js'
import type {PurgeCounts, PurgeOptions} from '../../usecases/purge-documents.js'
import {message} from '../../words/words.js'

export default class DatasetPurge extends BaseCommand<typeof DatasetPurge> {
  static override summary =
    'Remove documents by origin, channel or age; asks first, or --yes. dataset:restore brings them back.'
  static override examples = [
    '<%= config.bin %> dataset:purge --origin synthetic',
    '<%= config.bin %> dataset:purge --channel @habr --before 2024-11-04 --yes',
  ]
  static override flags = {
    origin: Flags.option({options: ORIGINS})({
      summary: 'Only documents of this origin.',
      env: 'EP23_DATASET_PURGE_ORIGIN',
    }),
    channel: Flags.string({
      summary: 'Only documents of this channel.',
      helpValue: '@name',
      env: 'EP23_DATASET_PURGE_CHANNEL',
    }),
    before: day({summary: 'Only documents of days before this one.', env: 'EP23_DATASET_PURGE_BEFORE'}),
    'time-zone': Flags.string({
      summary: 'Zone of that day.',
      default: 'Europe/Moscow',
      helpValue: 'ZONE',
      env: 'EP23_DATASET_PURGE_TIME_ZONE',
    }),
    yes: Flags.boolean({char: 'y', summary: 'Do not ask.', env: 'EP23_DATASET_PURGE_YES'}),
  }
  static override args = {}
  static override destructive = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof DatasetPurge>): Promise<CommandResult<{removed: PurgeCounts}>> {
    const {countPurge, purgeDataset} = await import('../../usecases/purge-documents.js')
    const options = await purgeOptions(flags)
    const {store, run} = this.runtime
    const found = await countPurge(store, options)
    if (found.digests + found.review_reports > 0 && !flags.yes) await this.confirm(found)
    const removed = await purgeDataset({store, run}, options)
    const nothing = found.digests + found.review_reports === 0
    return {
      data: {removed},
      text: renderPurge(removed, run.run_id),
      ...(nothing && {warnings: [message('nothingMatches')]}),
    }
  }

  private async confirm({digests, review_reports}: PurgeCounts): Promise<void> {
    const question = message('removeBoth', {digests, reviews: review_reports, location: this.runtime.store.location})
    if (!process.stdin.isTTY || this.jsonEnabled())
      throw usageError(message('cannotConfirm', {question}), [message('addYes')])
    const {createInterface} = await import('node:readline/promises')
    const terminal = createInterface({input: process.stdin, output: process.stderr})
    const answer = await terminal
      .question(`${await question.in(this.runtime.settings.lang)} [y/N] `, {signal: this.runtime.signal})
      // Ctrl-C and Ctrl-D at the question reject it.
      .catch(() => Promise.reject(interruptedError(message('notConfirmed'))))
      .finally(() => terminal.close())
    if (!/^(?:y|yes|д|да)$/iu.test(answer.trim())) throw usageError(message('notConfirmed'))
  }
}

function renderPurge({digests, review_reports}: PurgeCounts, run: string): Message[] {
  const removed = message('removedBoth', {digests, reviews: review_reports})
  return digests + review_reports > 0 ? [removed, message('undo', {run})] : [removed]
}

async function purgeOptions({
  origin,
  channel,
  before,
  'time-zone': zone,
}: Input<typeof DatasetPurge>['flags']): Promise<PurgeOptions> {
  const [{parseChannel}, {startOfDay}] = await Promise.all([
    import('../../domain/channel.js'),
    import('../../domain/day-window.js'),
  ])
  return {
    ...(origin && {origin}),
    ...(channel && {channel: parseChannel(channel)}),
    ...(before && {before: startOfDay(before, zone)}),
  }
}
