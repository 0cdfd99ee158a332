import {BaseCommand, type CommandResult} from '@ep23/sdk'

import type {ListedExporter} from '../../usecases/exporter-registry.js'

export default class ExportersList extends BaseCommand<typeof ExportersList> {
  static override summary = 'Show which exporters there are and who brings them.'
  static override description =
    'Exporters come from plugins (through the sdk) and, as commands of the team’s own, from the exporters section of ep23.config.yaml.'
  static override examples = ['<%= config.bin %> exporters:list', '<%= config.bin %> exporters:list --json']
  static override args = {}
  static override flags = {}
  static override readOnly = true

  protected async execute(): Promise<CommandResult<{exporters: ListedExporter[]}>> {
    const [{registeredExporters}, {listExporters, renderList}, {filePorts}] = await Promise.all([
      import('../../actions/ports.js'),
      import('../../usecases/exporter-registry.js'),
      import('../../adapters/file-ports.js'),
    ])
    const exporters = await listExporters(await registeredExporters(this.runtime), filePorts)
    return {data: {exporters}, text: renderList(exporters)}
  }
}
