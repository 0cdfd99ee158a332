import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {Joined} from '../../usecases/join-file.js'

export default class ExportersJoin extends BaseCommand<typeof ExportersJoin> {
  static override summary = 'Join the parts of a split file; every part and the whole are checked.'
  static override examples = [
    '<%= config.bin %> exporters:join digests.jsonl.parts/digests.jsonl.parts.json',
    '<%= config.bin %> exporters:join out/digests.manifest.json --output digests.jsonl',
  ]
  static override args = {
    list: Args.string({
      description: 'The .parts.json beside the parts, the manifest of a split export, or the folder of either.',
      required: true,
    }),
  }
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'File to write. [default: its own name, beside the list]',
      helpValue: 'FILE',
      env: 'EP23_EXPORTERS_JOIN_OUTPUT',
    }),
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof ExportersJoin>): Promise<CommandResult<Joined>> {
    const {joinParts} = await import('../../actions/join.js')
    return joinParts(this.runtime, args.list, flags.output)
  }
}
