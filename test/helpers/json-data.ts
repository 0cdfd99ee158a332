import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'

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
  const validate = validatorOf(envelope.command)
  validate(envelope.data)
  return (validate.errors ?? []).map(({instancePath, message}) => `data${instancePath} ${message}`)
}

const ajv = new Ajv2020({allowUnionTypes: true})
const validators = new Map<string, ValidateFunction>()

/** Compiled once in a process: that takes as long as many a command. */
function validatorOf(command: string): ValidateFunction {
  const validator = validators.get(command) ?? ajv.compile(schemaOf(command))
  validators.set(command, validator)
  return validator
}

function schemaOf(command: string): object {
  const file = `${command.replaceAll(':', '-')}.json`
  const path = folders.map(folder => join(root, folder, file)).find(existsSync)
  if (path === undefined) throw new Error(`${command} has no schema ${file} in ${folders.join(', ')}`)
  return JSON.parse(readFileSync(path, 'utf8')) as object
}
