import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {ragConfigFlag} from '../../../flags.js'
import type {ConfigDiff} from '../../../actions/change-config.js'

export default class RagConfigDiff extends BaseCommand<typeof RagConfigDiff> {
  static override summary = 'Which values differ between the file and a signed version, or between two versions.'
  static override examples = [
    {description: 'The file against what was signed last', command: '<%= config.bin %> rag:config:diff'},
    {description: 'Two versions', command: '<%= config.bin %> rag:config:diff --from 1 --to 3'},
  ]
  static override flags = {
    'rag-config': ragConfigFlag,
    from: wholeNumber({
      summary: 'Version to start from. [default: the last one]',
      min: 1,
      env: 'EP23_RAG_CONFIG_DIFF_FROM',
    }),
    to: wholeNumber({summary: 'Version to compare with. [default: the file]', min: 1, env: 'EP23_RAG_CONFIG_DIFF_TO'}),
  }
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigDiff>): Promise<CommandResult<ConfigDiff>> {
    const [{diffConfig}, {configPath}] = await Promise.all([
      import('../../../actions/change-config.js'),
      import('../../../actions/config-in-force.js'),
    ])
    return diffConfig(configPath(flags, this.runtime.settings), flags)
  }
}
