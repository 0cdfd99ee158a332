import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {verifyFlags} from '../../../flags.js'
import type {ShownConfig} from '../../../actions/show-config.js'

export default class RagConfigShow extends BaseCommand<typeof RagConfigShow> {
  static override summary = 'Show every key of the retrieval configuration, and whether the owner signed it.'
  static override examples = ['<%= config.bin %> rag:config:show', '<%= config.bin %> rag:config:show --json']
  static override flags = verifyFlags
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigShow>): Promise<CommandResult<ShownConfig>> {
    const [{showConfig}, {configPath}] = await Promise.all([
      import('../../../actions/show-config.js'),
      import('../../../actions/config-in-force.js'),
    ])
    return showConfig(configPath(flags, this.runtime.settings), {
      owner: flags.owner,
      leastVersion: flags['least-version'],
      dataDir: this.config.dataDir,
    })
  }
}
