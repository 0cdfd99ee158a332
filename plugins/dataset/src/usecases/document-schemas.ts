// Without class-transformer's storage the schema of a nested array is empty and checks nothing inside it.
import {defaultMetadataStorage} from 'class-transformer/cjs/storage.js'
import {IS_DATE, IS_URL} from 'class-validator'
import {validationMetadatasToSchemas} from 'class-validator-jsonschema'

import {Digest} from '../domain/digest.js'
import {IS_RECORD_OF} from '../domain/quality.js'
import {ReviewReport} from '../domain/review-report.js'

export interface JsonSchema {
  $ref?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  [keyword: string]: unknown
}

/**
 * How a document holds its dates: as `Date` objects, the way it lives in memory and in the store (keyword `isDate`), or as
 * RFC 3339 text, the way JSON carries it (format `date-time`).
 */
export type DateForm = 'object' | 'text'

/**
 * JSON Schemas (draft 2020-12) of the two documents, made from the decorators of their classes. With `object` dates they
 * use two keywords that ajv must be told of: `isDate` (true: must be a valid Date, false: must be none) and `isUrl`.
 */
export function documentSchemas(dates: DateForm): {digest: JsonSchema; reviewReport: JsonSchema} {
  const $defs = acceptNullWhereOptional(generate(dates))
  if (dates === 'object') rejectDatesAsObjects($defs)
  const schemaOf = (entity: {name: string}): JsonSchema => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $ref: `#/$defs/${entity.name}`,
    $defs,
  })
  return {digest: schemaOf(Digest), reviewReport: schemaOf(ReviewReport)}
}

function generate(dates: DateForm): Record<string, JsonSchema> {
  return validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: '#/$defs/',
    additionalConverters: {
      [IS_DATE]: () => (dates === 'object' ? {isDate: true} : {type: 'string', format: 'date-time'}),
      [IS_URL]: meta =>
        dates === 'object' ? {isUrl: (meta.constraints as unknown[])[0] ?? {}} : {type: 'string', format: 'uri'},
      [IS_RECORD_OF]: ({constraints}) => ({
        type: 'object',
        ...(dates === 'object' && {isDate: false}),
        additionalProperties: {type: (constraints as ['number' | 'boolean'])[0]},
      }),
    },
  }) as Record<string, JsonSchema>
}

// class-validator's IsOptional lets null pass as well as absence; the generated schema does not.
function acceptNullWhereOptional(definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  for (const {properties = {}, required = []} of Object.values(definitions))
    for (const [name, schema] of Object.entries(properties))
      if (!required.includes(name)) properties[name] = {anyOf: [{type: 'null'}, schema]}
  return definitions
}

// To JSON Schema a Date is an object without properties.
function rejectDatesAsObjects(definitions: Record<string, JsonSchema>): void {
  for (const definition of Object.values(definitions)) definition['isDate'] = false
}
