import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {Parts} from '../../domain/manifest.js'
import {byteSize} from '../../flags.js'

export default class ExportersSplit extends BaseCommand<typeof ExportersSplit> {
  static override summary = 'Cut a large JSON lines file into parts of a size, with checksums to join them again.'
  static override description = 'Parts end with a line, so each can be read by itself. The file stays as it is.'
  static override examples = [
    '<%= config.bin %> exporters:split digests.jsonl --max 500KB',
    '<%= config.bin %> exporters:split digests.jsonl --max 500KB --compress gzip --output parts/',
  ]
  static override args = {file: Args.string({description: 'The file to cut.', required: true})}
  static override flags = {
    max: byteSize({
      summary: 'Largest part in bytes, as it lies on disk.',
      helpValue: '500KB',
      min: 1000,
      required: true,
      env: 'EP23_EXPORTERS_SPLIT_MAX',
    }),
    compress: Flags.string({
      summary: 'Compress each part.',
      options: ['none', 'gzip', 'zstd'],
      default: 'none',
      env: 'EP23_EXPORTERS_SPLIT_COMPRESS',
    }),
    output: Flags.string({
      char: 'o',
      summary: 'Folder for the parts. [default: FILE.parts]',
      helpValue: 'DIR',
      env: 'EP23_EXPORTERS_SPLIT_OUTPUT',
    }),
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof ExportersSplit>): Promise<CommandResult<Parts>> {
    const {splitIntoParts} = await import('../../actions/split.js')
    return splitIntoParts(this.runtime, args.file, flags)
  }
}
