import {Ajv, type ErrorObject, type Options, type ValidateFunction} from 'ajv'
import {Ajv2020} from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {badDataError, type JsonSchemaDocument, errorMessage, schemaMessage, type Text, type Message} from '@ep23/sdk'

import {childPointer} from '../domain/json-pointer.js'
import {message as say} from '../words/words.js'

/** One broken rule: where (JSON Pointer into the record) and what. */
interface SchemaProblem {
  pointer: string
  message: Message
}

export type RecordValidator = (record: unknown) => SchemaProblem[]

/**
 * Compiles a JSON Schema (draft 2020-12, or draft-07 when it says so). A fine record costs one quick check; a refused one
 * is checked again for all of its problems.
 * @param name what errors call the schema
 * @param isOwn false for a schema that the package does not bring: it is first held against the meta-schema, which takes longer to compile
 * than 2,000 records take to check
 * @throws Ep23Error EXPORT_BAD_SCHEMA (65)
 */
export function recordValidator(schema: JsonSchemaDocument, name: Text, isOwn = false): RecordValidator {
  const isFine = compile(schema, name, {allErrors: false, validateSchema: !isOwn})
  let explain: ValidateFunction | undefined
  return record => {
    if (isFine(record)) return []
    explain ??= compile(schema, name, {allErrors: true, validateSchema: !isOwn})
    explain(record)
    return (explain.errors ?? []).map(describe)
  }
}

function compile(
  schema: JsonSchemaDocument,
  name: Text,
  {allErrors, validateSchema}: {allErrors: boolean; validateSchema: boolean},
): ValidateFunction {
  const isDraft07 = String(schema['$schema']).includes('draft-07')
  try {
    if (validateSchema) void metaOf(isDraft07).validateSchema(schema, true)
    return withFormats(isDraft07, {allErrors, validateSchema: false}).compile(schema)
  } catch (error) {
    throw badDataError('EXPORT_BAD_SCHEMA', say('notUsableSchema', {name, problem: errorMessage(error)}), [
      say('correctSchema'),
    ])
  }
}

const metas = new Map<boolean, Ajv | Ajv2020>()

/** Holds schemas against their meta-schema, which is compiled once: an archive has a schema for each of its exports. */
function metaOf(isDraft07: boolean): Ajv | Ajv2020 {
  const meta = metas.get(isDraft07) ?? withFormats(isDraft07, {})
  metas.set(isDraft07, meta)
  return meta
}

function withFormats(isDraft07: boolean, options: Options): Ajv | Ajv2020 {
  const ajv = new (isDraft07 ? Ajv : Ajv2020)({...options, strict: false})
  // The package is CommonJS: its default export is the module.
  addFormats.default(ajv)
  return ajv
}

function describe(error: ErrorObject): SchemaProblem {
  const {instancePath, params} = error
  const {additionalProperty} = params as {additionalProperty?: string}
  if (additionalProperty === undefined) return {pointer: instancePath, message: schemaMessage(error)}
  return {pointer: childPointer(instancePath, additionalProperty), message: say('unknownField')}
}
