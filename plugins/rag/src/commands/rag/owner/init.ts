import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ownerFlags} from '../../../flags.js'
import type {OwnerData} from '../../../actions/owner.js'

export default class RagOwnerInit extends BaseCommand<typeof RagOwnerInit> {
  static override summary = 'Become the owner of the retrieval configuration: make the key that signs its changes.'
  static override description = `Makes an Ed25519 key pair. The private half (mode 0600) stays outside the repository; the public half goes into the configuration.
Who owns a configuration is decided by whoever can commit it: the key proves that a change came from the owner, not that the owner is the right one.`
  static override examples = [
    '<%= config.bin %> rag:owner:init',
    '<%= config.bin %> rag:owner:init --key ~/.keys/rag-owner.key',
  ]
  static override flags = ownerFlags
  static override args = {}

  protected async execute({flags}: Input<typeof RagOwnerInit>): Promise<CommandResult<OwnerData>> {
    const {initOwner} = await import('../../../actions/owner.js')
    return initOwner(this.runtime, {...flags, dataDir: this.config.dataDir})
  }
}
