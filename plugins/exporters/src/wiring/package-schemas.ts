import {readFile} from 'node:fs/promises'

import type {JsonSchemaDocument} from '@ep23/sdk'

const SCHEMAS = new URL('../../schemas/', import.meta.url)

/** One of the schemas that come with this package. */
export async function readSchema(name: string): Promise<JsonSchemaDocument> {
  return JSON.parse(await readFile(new URL(name, SCHEMAS), 'utf8')) as JsonSchemaDocument
}
