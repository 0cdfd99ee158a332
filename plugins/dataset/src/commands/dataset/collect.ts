import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {parseChannel} from '../../domain/channel.js'
import {collectPosts, renderCollect, unnamedWarning, type CollectReport} from '../../usecases/collect-posts.js'

export default class DatasetCollect extends BaseCommand<typeof DatasetCollect> {
  static override summary = "Copy new posts of the team's database into the store, before they are deleted there."
  static override description = `Butler keeps a post for seven days. Run this daily, from cron: what was copied is not copied again, nothing is removed, and the team's
database is only read. dataset:seed reads the copies together with the sources that it is given.`
  static override examples = [
    '<%= config.bin %> dataset:collect --from mongodb://db.team/butler',
    {
      description: 'The store is the team’s database itself',
      command: '<%= config.bin %> dataset:collect --store mongodb://db.team/butler',
    },
  ]
  static override flags = {
    from: Flags.string({
      summary: "The team's database. [default: the store]",
      helpValue: 'mongodb://HOST/DATABASE',
      env: 'EP23_DATASET_COLLECT_FROM',
    }),
    channels: Flags.string({
      summary: 'Only these channels, comma-separated. [default: all]',
      helpValue: '@a,@b',
      env: 'EP23_DATASET_COLLECT_CHANNELS',
    }),
  }
  static override args = {}
  static override idempotent = true
  static override makesStore = true

  protected async execute({flags}: Input<typeof DatasetCollect>): Promise<CommandResult<CollectReport>> {
    const {store, signal, progress} = this.runtime
    const source = flags.from === undefined ? store : this.runtime.openStore(flags.from)
    const channels = flags.channels?.split(',').map(parseChannel)
    try {
      const data = await progress.step('Copy posts', report =>
        collectPosts({store, source, signal, onRead: posts => report.advance(posts, undefined, 'posts')}, channels),
      )
      return {data, text: renderCollect(data), warnings: data.unnamed.map(unnamedWarning)}
    } finally {
      if (source !== store) await source.dispose()
    }
  }
}
