import type {RegisteredExporter} from '../domain/export-request.js'
import type {FilePorts} from '../domain/ports.js'
import {committedSchema} from './committed-schema.js'

/** One line of `exporters:list`. */
export interface ListedExporter {
  name: string
  plugin: string
  /** From the store, or by a command of the team's own. */
  kind: 'store' | 'command'
  summary: string
  schema_id: string | null
  /** Why it cannot be used as it is. */
  problem: string | null
}

/** All exporters with the id of the schema that their records are held to; one that is broken is listed as such. */
export async function listExporters(
  registered: readonly RegisteredExporter[],
  files: Pick<FilePorts, 'readText'>,
): Promise<ListedExporter[]> {
  return Promise.all(
    registered.map(async registration => ({...facts(registration), ...(await schemaOf(registration, files))})),
  )
}

function facts({name, plugin, kind, summary}: RegisteredExporter): Omit<ListedExporter, 'schema_id' | 'problem'> {
  return {name, plugin, kind, summary}
}

async function schemaOf(
  registration: RegisteredExporter,
  files: Pick<FilePorts, 'readText'>,
): Promise<Pick<ListedExporter, 'schema_id' | 'problem'>> {
  try {
    const {$id} = await committedSchema(registration, files)
    return {schema_id: typeof $id === 'string' ? $id : null, problem: null}
  } catch (error) {
    return {schema_id: null, problem: (error as Error).message}
  }
}

/** The list as aligned lines. */
export function renderList(exporters: readonly ListedExporter[]): string[] {
  const width = (field: 'name' | 'plugin'): number => Math.max(...exporters.map(exporter => exporter[field].length))
  const [names, plugins] = [width('name'), width('plugin')]
  return exporters.flatMap(({name, plugin, summary, problem}) => [
    `${name.padEnd(names)}  ${plugin.padEnd(plugins)}  ${summary}`,
    ...(problem === null ? [] : [`  ✖ ${problem}`]),
  ])
}
