import * as Args from '@oclif/core/args'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {changeFlags} from '../../flags.js'
import type {WrittenConfig} from '../../actions/change-config.js'

export default class RagRollback extends BaseCommand<typeof RagRollback> {
  static override summary = 'Bring back an earlier version of the retrieval configuration, signed; owner only.'
  static override description = `Without a number: the version before the one in force; a second rollback goes further back. The history keeps everything, the
rollback is a new entry in it.
The number of the last version undoes what was edited by hand since.`
  static override examples = [
    "<%= config.bin %> rag:rollback --why 'complaints since the last promotion'",
    "<%= config.bin %> rag:rollback 2 --why 'the values of October'",
  ]
  static override flags = changeFlags
  static override args = {version: Args.integer({description: 'Version, as rag:config:history counts them.', min: 1})}

  protected async execute({flags, args}: Input<typeof RagRollback>): Promise<CommandResult<WrittenConfig>> {
    const {rollbackConfig} = await import('../../actions/change-config.js')
    return rollbackConfig(this.runtime, {...flags, dataDir: this.config.dataDir}, args.version)
  }
}
