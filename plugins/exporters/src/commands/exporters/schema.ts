import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {SchemaReport} from '../../usecases/committed-schema.js'

export default class ExportersSchema extends BaseCommand<typeof ExportersSchema> {
  static override summary = 'Print the JSON Schema of an exporter’s records, or compare it with the committed one.'
  static override description =
    'The schema is made from the entity classes. With --check, a difference from the committed snapshot is an exit 2, with each changed path.'
  static override examples = [
    '<%= config.bin %> exporters:schema digests > digests.schema.json',
    '<%= config.bin %> exporters:schema --check',
  ]
  static override args = {exporter: Args.string({description: 'One exporter. [default: all]'})}
  static override flags = {
    check: Flags.boolean({
      summary: 'Compare with the committed schemas instead of printing.',
      env: 'EP23_EXPORTERS_SCHEMA_CHECK',
    }),
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof ExportersSchema>): Promise<CommandResult<SchemaReport>> {
    const [{registeredExporters}, {findExporter}, {reportSchemas, renderSchemas}, {filePorts}] = await Promise.all([
      import('../../actions/ports.js'),
      import('../../usecases/exporter-registry.js'),
      import('../../usecases/committed-schema.js'),
      import('../../adapters/file-ports.js'),
    ])
    const registered = await registeredExporters(this.runtime)
    const wanted = args.exporter === undefined ? registered : [findExporter(args.exporter, registered)]
    return renderSchemas(await reportSchemas(wanted, filePorts), flags.check)
  }
}
