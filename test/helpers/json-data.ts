import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {Ajv2020} from 'ajv/dist/2020.js'

const root = join(import.meta.dirname, '../..')
const folders = [
  'schemas',
  ...['dataset', 'exporters', 'benchmark', 'daily', 'observability', 'rag'].map(plugin => `plugins/${plugin}/schemas`),
]

/** Problems of a command's `--json` output: its envelope, and its data against the command's schema in the repository. */
export function problemsOfOutput(stdout: string): string[] {
  const envelope = JSON.parse(stdout) as {command: string; data: unknown}
  const fields = Object.keys(envelope).join()
  if (fields !== 'schema_version,command,status,run_id,trace_id,data,warnings') return [`the envelope has ${fields}`]
  const ajv = new Ajv2020({allowUnionTypes: true})
  ajv.validate(schemaOf(envelope.command), envelope.data)
  return (ajv.errors ?? []).map(({instancePath, message}) => `data${instancePath} ${message}`)
}

function schemaOf(command: string): object {
  const file = `${command.replaceAll(':', '-')}.json`
  const path = folders.map(folder => join(root, folder, file)).find(existsSync)
  if (path === undefined) throw new Error(`${command} has no schema ${file} in ${folders.join(', ')}`)
  return JSON.parse(readFileSync(path, 'utf8')) as object
}
