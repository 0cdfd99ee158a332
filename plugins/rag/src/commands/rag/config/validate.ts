import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ragConfigFlag} from '../../../flags.js'
import {message} from '../../../words/words.js'

interface Validated {
  path: string
  keys: number
}

export default class RagConfigValidate extends BaseCommand<typeof RagConfigValidate> {
  static override summary =
    'Check the retrieval configuration: conflict markers, unknown keys and wrong values are refused.'
  static override description = 'Exit 65 names file, line and column of what is wrong.'
  static override examples = [
    '<%= config.bin %> rag:config:validate',
    '<%= config.bin %> rag:config:validate --rag-config try.yaml',
  ]
  static override flags = {'rag-config': ragConfigFlag}
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigValidate>): Promise<CommandResult<Validated>> {
    const [{readConfigFile}, {configPath}] = await Promise.all([
      import('../../../adapters/config-files.js'),
      import('../../../actions/config-in-force.js'),
    ])
    const path = configPath(flags, this.runtime.settings)
    const {values} = await readConfigFile(path)
    return {data: {path, keys: values.size}, text: [message('allKnown', {path, keys: values.size})]}
  }
}
