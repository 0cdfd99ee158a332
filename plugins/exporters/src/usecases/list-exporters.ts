import type {FilePorts} from '../domain/ports.js'
import type {RegisteredExporter} from '../domain/registered-exporter.js'
import {committedSchema} from './schema-snapshot.js'

/** One line of `exporters:list`. */
export interface ListedExporter {
  name: string
  plugin: string
  /** From the store, or by a command of the team's own. */
  kind: 'store' | 'command'
  summary: string
  schema_id: string | null
}

/** All exporters with the id of the schema that their records are held to. */
export async function listExporters(
  registered: readonly RegisteredExporter[],
  files: Pick<FilePorts, 'readText'>,
): Promise<ListedExporter[]> {
  return Promise.all(
    registered.map(async registration => {
      const {name, plugin, kind, summary} = registration
      const {$id} = await committedSchema(registration, files)
      return {name, plugin, kind, summary, schema_id: typeof $id === 'string' ? $id : null}
    }),
  )
}

/** The list as aligned lines. */
export function renderList(exporters: readonly ListedExporter[]): string[] {
  const width = (field: 'name' | 'plugin'): number => Math.max(...exporters.map(exporter => exporter[field].length))
  const [names, plugins] = [width('name'), width('plugin')]
  return exporters.map(({name, plugin, summary}) => `${name.padEnd(names)}  ${plugin.padEnd(plugins)}  ${summary}`)
}
