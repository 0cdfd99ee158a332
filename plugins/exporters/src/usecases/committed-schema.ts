import {fileURLToPath} from 'node:url'
import {isDeepStrictEqual} from 'node:util'

import {
  badDataError,
  EXIT,
  isObject,
  type JsonSchemaDocument,
  type CommandResult,
  ownField,
  errorMessage,
  type Message,
  joined,
} from '@ep23/sdk'

import type {RegisteredExporter} from '../domain/export-request.js'
import {childPointer} from '../domain/json-pointer.js'
import type {FilePorts} from '../domain/ports.js'
import {message as say} from '../words/words.js'

/** Committed schemas of the built-in exporters' records, part of the package. */
export const SCHEMAS = new URL('../../schemas/records/', import.meta.url)

/** The schema that an exporter's records are held to: the committed one where there is one. */
export async function committedSchema(
  registration: RegisteredExporter,
  files: Pick<FilePorts, 'readText'>,
): Promise<JsonSchemaDocument> {
  const path = snapshotPath(registration)
  if (path !== undefined) return readSchema(path, files)
  return registration.kind === 'store' ? registration.exporter.schema() : {}
}

/** Where the committed schema lies, if the exporter has one. */
export function snapshotPath(registration: RegisteredExporter): string | undefined {
  if (registration.kind === 'command') return registration.command.schemaPath
  const {schemaSnapshot} = registration.exporter
  return schemaSnapshot && fileURLToPath(schemaSnapshot)
}

/** Whether it is one of those that come with the package, which the tests hold against the meta-schema. */
export function isOwnSchema(registration: RegisteredExporter): boolean {
  return registration.kind === 'store' && (snapshotPath(registration)?.startsWith(fileURLToPath(SCHEMAS)) ?? false)
}

/** A schema as its snapshot file holds it. */
export function renderSchema(schema: JsonSchemaDocument): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

async function readSchema(path: string, files: Pick<FilePorts, 'readText'>): Promise<JsonSchemaDocument> {
  try {
    return JSON.parse(await files.readText(path)) as JsonSchemaDocument
  } catch (error) {
    throw badDataError('EXPORT_BAD_SCHEMA', say('schemaUnreadable', {path, problem: errorMessage(error)}), [
      say('writeSchema'),
    ])
  }
}

/** One place where a schema is not what was committed. */
interface SchemaChange {
  /** JSON Pointer into the schema. */
  pointer: string
  message: Message
}

/** Compares two schemas path by path: every path that was added, removed or changed, in the committed one's order. */
export function schemaDrift(committed: JsonSchemaDocument, current: JsonSchemaDocument): SchemaChange[] {
  return changes(committed, current, '')
}

function changes(before: unknown, now: unknown, pointer: string): SchemaChange[] {
  if (isDeepStrictEqual(before, now)) return []
  if (before === undefined) return [{pointer, message: say('isNew', {now: shown(now)})}]
  if (now === undefined) return [{pointer, message: say('isGone', {before: shown(before)})}]
  if (!isObject(before) || !isObject(now))
    return [{pointer, message: say('isInstead', {now: shown(now), before: shown(before)})}]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return fields.flatMap(field => changes(ownField(before, field), ownField(now, field), childPointer(pointer, field)))
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

/** The `data` of `exporters:schema --json`. */
export interface SchemaReport {
  exporters: {
    exporter: string
    schema: JsonSchemaDocument
    /** False for an exporter that commits no schema: nothing to drift from. */
    committed: boolean
    changes: SchemaChange[]
  }[]
}

/** The schema of each exporter as the code has it now, and where it differs from the committed one. */
export async function reportSchemas(
  registered: readonly RegisteredExporter[],
  files: Pick<FilePorts, 'readText'>,
): Promise<SchemaReport> {
  const exporters = await Promise.all(
    registered.map(async registration => {
      const committed = await committedSchema(registration, files)
      // A command's schema is a file and nothing else.
      const schema = registration.kind === 'store' ? await registration.exporter.schema() : committed
      const hasSnapshot = snapshotPath(registration) !== undefined
      return {exporter: registration.name, schema, committed: hasSnapshot, changes: schemaDrift(committed, schema)}
    }),
  )
  return {exporters}
}

/** The schemas themselves, or what `--check` says of them. */
export function renderSchemas(report: SchemaReport, isCheck: boolean): CommandResult<SchemaReport> {
  const {exporters} = report
  if (!isCheck) return {data: report, text: printed(exporters)}
  const isDrifted = exporters.some(({changes}) => changes.length > 0)
  return {
    data: report,
    text: exporters.flatMap(checked),
    exit: isDrifted ? EXIT.gateFailed : EXIT.ok,
  }
}

function printed(exporters: SchemaReport['exporters']): string[] {
  const [first, ...others] = exporters
  if (first && others.length === 0) return [renderSchema(first.schema).trimEnd()]
  return [renderSchema(Object.fromEntries(exporters.map(({exporter, schema}) => [exporter, schema]))).trimEnd()]
}

function checked({exporter, committed, changes}: SchemaReport['exporters'][number]): Message[] {
  if (!committed) return [say('commitsNoSchema', {exporter})]
  if (changes.length === 0) return [say('asCommitted', {exporter})]
  return [
    say('pathsDiffer', {exporter, paths: changes.length}),
    ...changes.map(({pointer, message}) => joined([`  ${pointer}`, message], ' ')),
  ]
}
