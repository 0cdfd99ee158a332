import {fileURLToPath} from 'node:url'

import {badDataError, type JsonSchemaDocument} from '@ep23/sdk'

import type {FilePorts} from '../../domain/ports.js'
import type {RegisteredExporter} from '../../domain/registered-exporter.js'

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

/** A schema as its snapshot file holds it. */
export function renderSchema(schema: JsonSchemaDocument): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

async function readSchema(path: string, files: Pick<FilePorts, 'readText'>): Promise<JsonSchemaDocument> {
  try {
    return JSON.parse(await files.readText(path)) as JsonSchemaDocument
  } catch (error) {
    throw badDataError('EXPORT_BAD_SCHEMA', `the schema ${path} cannot be read: ${(error as Error).message}`, [
      'write it, or correct the entry that names it',
    ])
  }
}
