import {resolve} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {KeyFiles} from '../../adapters/ed25519-keys.js'
import {message} from '../../words/words.js'

export default class ExportersKeygen extends BaseCommand<typeof ExportersKeygen> {
  static override summary = 'Make a key pair for signing evidence (Ed25519).'
  static override description = `The private key (mode 0600) signs: keep it out of the repository. The public key, FILE.pub, is for whoever checks.
A key that is there already is never replaced.`
  static override examples = [
    '<%= config.bin %> exporters:keygen --output qa.key',
    '<%= config.bin %> exporters:verify --sign qa.key',
  ]
  static override args = {}
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'File for the private key.',
      helpValue: 'FILE',
      default: 'ep23-evidence.key',
      env: 'EP23_EXPORTERS_KEYGEN_OUTPUT',
    }),
  }

  protected async execute({flags}: Input<typeof ExportersKeygen>): Promise<CommandResult<KeyFiles>> {
    const {writeKeyPair} = await import('../../adapters/ed25519-keys.js')
    const keys = await writeKeyPair(resolve(flags.output))
    return {
      data: keys,
      text: [
        message('privateKeyIs', {key: keys.private_key}),
        message('publicKeyIs', {key: keys.public_key}),
        message('keyIdIs', {key: keys.key_id}),
      ],
    }
  }
}
