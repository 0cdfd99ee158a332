import * as Args from '@oclif/core/args'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {runFlags} from '../../flags.js'
import type {RunReport} from '../../usecases/run-export.js'

export default class ExportersRun extends BaseCommand<typeof ExportersRun> {
  static override summary = 'Export records as JSON lines (or Parquet) with a manifest that proves what they were.'
  static override description = `Records stand in a fixed order (channel, timestamp, sample_id) as canonical JSON, so equal data gives equal bytes, from either store.
Each is held to its schema as it is written. The files appear together or not at all; what stood there before stays until then.
What a window, a filter or --limit leaves out is said here and in the manifest. Without any record nothing is written (exit 65).`
  static override examples = [
    {description: 'What was seeded last', command: '<%= config.bin %> exporters:run digests'},
    {
      description: 'The real records of one channel, compressed, in parts of 500 KB',
      command:
        '<%= config.bin %> exporters:run digests --channel @habr --origin telegram --compress gzip --split 500KB --output out/',
    },
    {description: 'Into a pipe', command: '<%= config.bin %> exporters:run digests -o - | jq -r .sample_id'},
    {
      description: 'For the team’s own tools',
      command: '<%= config.bin %> exporters:run review_reports --layout team',
    },
    {description: 'As a Parquet file', command: '<%= config.bin %> exporters:run review_reports -o reviews.parquet'},
  ]
  static override args = {
    exporter: Args.string({description: 'digests, review_reports, or another of exporters:list.', required: true}),
  }
  static override flags = runFlags
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof ExportersRun>): Promise<CommandResult<RunReport | null>> {
    const {runExporter} = await import('../../actions/run.js')
    return runExporter(this.runtime, args.exporter, flags, {json: this.jsonEnabled()})
  }
}
