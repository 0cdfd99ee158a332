import * as Args from '@oclif/core/args'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {Parts} from '../../domain/manifest.js'
import {splitFlags} from '../../flags.js'

export default class ExportersSplit extends BaseCommand<typeof ExportersSplit> {
  static override summary = 'Cut a large JSON lines file into parts of a size, with checksums to join them again.'
  static override description = 'Parts end with a line, so each can be read by itself. The file stays as it is.'
  static override examples = [
    '<%= config.bin %> exporters:split digests.jsonl --max 500KB',
    '<%= config.bin %> exporters:split digests.jsonl --max 500KB --compress gzip --output parts/',
  ]
  static override args = {file: Args.string({description: 'The file to cut.', required: true})}
  static override flags = splitFlags
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof ExportersSplit>): Promise<CommandResult<Parts>> {
    const {splitIntoParts} = await import('../../actions/split.js')
    return splitIntoParts(this.runtime, args.file, flags)
  }
}
