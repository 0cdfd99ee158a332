import * as Args from '@oclif/core/args'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {changeFlags} from '../../../flags.js'
import type {WrittenConfig} from '../../../actions/change-config.js'

export default class RagConfigSet extends BaseCommand<typeof RagConfigSet> {
  static override summary = 'Change one value of the retrieval configuration, signed; owner only.'
  static override description = `Comments, order, anchors, quoting and spacing of the file stay; it is written whole or not at all and read again.
Without the owner's key the command exits 77 and changes nothing.`
  static override examples = [
    "<%= config.bin %> rag:config:set retrieval.top_k 20 --why 'recall at 10 was too low'",
    "<%= config.bin %> rag:config:set feature_flags.enable_rag_plus_plus true --why 'measured gain'",
  ]
  static override flags = changeFlags
  static override args = {
    name: Args.string({description: 'Dotted key.', required: true}),
    value: Args.string({description: 'New value.', required: true}),
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof RagConfigSet>): Promise<CommandResult<WrittenConfig>> {
    const {setConfig} = await import('../../../actions/change-config.js')
    return setConfig(this.runtime, {...flags, dataDir: this.config.dataDir}, args)
  }
}
