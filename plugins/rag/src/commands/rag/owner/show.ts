import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ownerFlags} from '../../../flags.js'
import type {OwnerData} from '../../../actions/owner.js'

export default class RagOwnerShow extends BaseCommand<typeof RagOwnerShow> {
  static override summary = 'Show whose key signs the retrieval configuration, and whether it is yours.'
  static override examples = ['<%= config.bin %> rag:owner:show', '<%= config.bin %> rag:owner:show --json']
  static override flags = ownerFlags
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagOwnerShow>): Promise<CommandResult<OwnerData>> {
    const {showOwner} = await import('../../../actions/owner.js')
    return showOwner(this.runtime, {...flags, dataDir: this.config.dataDir})
  }
}
