import {EXIT, type CommandResult, type JsonSchemaDocument} from '@ep23/sdk'

import type {FilePorts} from '../../domain/ports.js'
import type {RegisteredExporter} from '../../domain/registered-exporter.js'
import {schemaDrift, type SchemaChange} from './schema-drift.js'
import {committedSchema, renderSchema, snapshotPath} from './schema-snapshot.js'

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

function checked({exporter, committed, changes}: SchemaReport['exporters'][number]): string[] {
  if (!committed) return [`- ${exporter}: commits no schema`]
  if (changes.length === 0) return [`✔ ${exporter}: as committed`]
  return [
    `✖ ${exporter}: ${changes.length} paths differ`,
    ...changes.map(({pointer, message}) => `  ${pointer} ${message}`),
  ]
}
