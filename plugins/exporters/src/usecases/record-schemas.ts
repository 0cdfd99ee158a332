import {defaultMetadataStorage} from 'class-transformer/cjs/storage.js'
import {validationMetadatasToSchemas} from 'class-validator-jsonschema'
import type {JsonSchemaDocument} from '@ep23/sdk'
import {IS_RECORD_OF} from '@ep23/plugin-dataset/entities'

import {DigestRecord, ReviewRecord} from '../domain/export-record.js'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
const REFERENCE = '#/$defs/'

interface Definition {
  properties?: Record<string, unknown>
  required?: string[]
  [keyword: string]: unknown
}

/** JSON Schemas (draft 2020-12) of the built-in exporters' records, made from the decorators of their classes. */
export function recordSchemas(): {digests: JsonSchemaDocument; review_reports: JsonSchemaDocument} {
  const definitions = generate()
  return {
    digests: schemaOf('digests', DigestRecord.name, definitions),
    review_reports: schemaOf('review_reports', ReviewRecord.name, definitions),
  }
}

function generate(): Record<string, Definition> {
  return validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: REFERENCE,
    additionalConverters: {
      [IS_RECORD_OF]: ({constraints}) => ({
        type: 'object',
        additionalProperties: {type: (constraints as ['boolean' | 'number'])[0]},
      }),
    },
  }) as Record<string, Definition>
}

function schemaOf(name: string, root: string, definitions: Record<string, Definition>): JsonSchemaDocument {
  const used = definitionsUsedBy(root, definitions)
  const nested = used.filter(other => other !== root).sort()
  return {
    $schema: DIALECT,
    $id: `urn:ep23:export:${name}:1`,
    title: root,
    ...closed(definitions[root]),
    $defs: Object.fromEntries(nested.map(other => [other, closed(definitions[other])])),
  }
}

function definitionsUsedBy(root: string, definitions: Record<string, Definition>): string[] {
  const used = [root]
  for (const name of used)
    for (const [, other = ''] of JSON.stringify(definitions[name]).matchAll(/"#\/\$defs\/([^"]+)"/gu))
      if (!used.includes(other)) used.push(other)
  return used
}

// A field that the classes do not know is a drift, not an extra.
function closed({properties = {}, required = [], ...rest}: Definition = {}): Definition {
  return {...rest, required: required.toSorted(), properties: sortedFields(properties), additionalProperties: false}
}

function sortedFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}
