import {BaseCommand, joined, type CommandResult, type Input, type Text} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {Migration} from '../../store/migrations.js'
import {message} from '../../words/words.js'

interface UpgradeData {
  /** Of the store as it was found. */
  format: number
  migrations: Migration[]
  /** False with `--plan`. */
  made: boolean
}

export default class StoreUpgrade extends BaseCommand<typeof StoreUpgrade> {
  static override summary = 'Make what a newer ep23 needs in a store that an older one wrote.'
  static override description =
    'Documents stay as they are, an older ep23 can still use the store, and an interrupted upgrade can be run again.'
  static override examples = ['<%= config.bin %> store:upgrade --plan', '<%= config.bin %> store:upgrade']
  static override flags = {
    plan: Flags.boolean({summary: 'Only show what would be made; write nothing.', env: 'EP23_UPGRADE_PLAN'}),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof StoreUpgrade>): Promise<CommandResult<UpgradeData>> {
    const {store, progress} = this.runtime
    const {migrate, pendingMigrations} = await import('../../store/migrations.js')
    const {FORMAT} = await import('../../store/format.js')
    const migrations = await progress.step('Look at the store', () => pendingMigrations(store))
    if (!flags.plan && migrations.length > 0)
      await progress.step('Make what is missing', async report => {
        for (const [done, migration] of migrations.entries()) {
          report.advance(done, migrations.length)
          await migrate(store, migration)
        }
      })
    const told = {store: store.location, format: FORMAT}
    const summary = message(
      migrations.length === 0 ? 'storeFormat' : flags.plan ? 'storeToUpgrade' : 'storeUpgraded',
      told,
    )
    return {data: {format: FORMAT, migrations, made: !flags.plan}, text: [...migrations.map(describe), summary]}
  }
}

/** `format 1 -> 1: index of ep23_spans over started_at, span_id` */
function describe({from, to, collection, index}: Migration): Text {
  return joined(
    [message('fromTo', {from, to}), message('indexOver', {collection, fields: index.fields.join(', ')})],
    ': ',
  )
}
