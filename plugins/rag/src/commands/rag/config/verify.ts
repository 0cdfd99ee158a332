import {BaseCommand, EXIT, type CommandResult, type Input} from '@ep23/sdk'

import {ragConfigFlag} from '../../../flags.js'
import type {ConfigVerification} from '../../../usecases/config/verify-config.js'

export default class RagConfigVerify extends BaseCommand<typeof RagConfigVerify> {
  static override summary = 'Hold the retrieval configuration against what its owner signed; exit 2 when it differs.'
  static override description =
    'Finds values edited by hand, entries of the history that were changed or left out, and signatures of another key.'
  static override examples = ['<%= config.bin %> rag:config:verify', '<%= config.bin %> rag:config:verify --json']
  static override flags = {'rag-config': ragConfigFlag}
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigVerify>): Promise<CommandResult<ConfigVerification>> {
    const [{verifyConfigFile}, {configPath}] = await Promise.all([
      import('../../../wiring/show-config.js'),
      import('../../../wiring/config-path.js'),
    ])
    const path = configPath(flags, this.runtime.settings)
    const data = await verifyConfigFile(path)
    const isSigned = data.verdict === 'signed'
    const text = isSigned
      ? [`✔ ${path} stands as its owner signed it, version ${data.version}`]
      : data.findings.map(finding => `✖ ${finding}`)
    return {data, text, exit: isSigned ? EXIT.ok : EXIT.gateFailed}
  }
}
