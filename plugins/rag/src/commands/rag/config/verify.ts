import {BaseCommand, EXIT, type CommandResult, type Input, joined} from '@ep23/sdk'

import {verifyFlags} from '../../../flags.js'
import type {ConfigVerification} from '../../../usecases/verify-config.js'
import {message} from '../../../words/words.js'

export default class RagConfigVerify extends BaseCommand<typeof RagConfigVerify> {
  static override summary = 'Hold the retrieval configuration against what its owner signed; exit 2 when it differs.'
  static override description = `Finds values edited by hand, entries of the history that were changed or left out, and signatures of another key. Who can write all
files can also take the configuration over with a key of their own, or put all files back to an earlier version: that is found by what
was seen here before (kept in ep23's data folder), and by --owner and --least-version, known from elsewhere.`
  static override examples = [
    '<%= config.bin %> rag:config:verify',
    '<%= config.bin %> rag:config:verify --owner SHA256:… --least-version 12',
  ]
  static override flags = verifyFlags
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagConfigVerify>): Promise<CommandResult<ConfigVerification>> {
    const [{verifyConfigFile}, {configPath}] = await Promise.all([
      import('../../../actions/show-config.js'),
      import('../../../actions/config-in-force.js'),
    ])
    const path = configPath(flags, this.runtime.settings)
    const data = await verifyConfigFile(path, {
      owner: flags.owner,
      leastVersion: flags['least-version'],
      dataDir: this.config.dataDir,
    })
    const isSigned = data.verdict === 'signed'
    const text = isSigned
      ? [message('asSigned', {path, version: data.version ?? 0, owner: data.owner ?? ''})]
      : data.findings.map(finding => joined(['✖', finding], ' '))
    return {data, text, exit: isSigned ? EXIT.ok : EXIT.gateFailed}
  }
}
