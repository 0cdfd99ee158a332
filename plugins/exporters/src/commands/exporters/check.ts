import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {CheckReport} from '../../actions/check.js'

export default class ExportersCheck extends BaseCommand<typeof ExportersCheck> {
  static override summary = 'Recompute everything that a manifest says of its files; exit 2 when anything differs.'
  static override description = `Works offline, on the files alone: sizes, hashes, each record's schema, form, place and hash, counts, Merkle root, archive.
The first record that differs is named. A signature is verified with --verify-key; without it, it is only said whose it claims to be.`
  static override examples = [
    '<%= config.bin %> exporters:check datasets/exports/2024-12-04',
    '<%= config.bin %> exporters:check evidence.tar.gz --verify-key qa.key.pub',
  ]
  static override args = {
    path: Args.string({description: 'A folder of exports, or an evidence.tar.gz.', required: true}),
  }
  static override flags = {
    'verify-key': Flags.string({
      summary: 'Public key (PEM) of whoever should have signed it.',
      helpValue: 'FILE',
      env: 'EP23_EXPORTERS_VERIFY_KEY',
    }),
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof ExportersCheck>): Promise<CommandResult<CheckReport>> {
    const {checkExports} = await import('../../actions/check.js')
    return checkExports(args.path, flags['verify-key'])
  }
}
