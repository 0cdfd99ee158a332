import {Ajv, type ErrorObject, type ValidateFunction} from 'ajv'
import {Ajv2020} from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {badDataError, type JsonSchemaDocument} from '@ep23/sdk'

/** One broken rule: where (JSON Pointer into the record) and what. */
interface SchemaProblem {
  pointer: string
  message: string
}

export type RecordValidator = (record: unknown) => SchemaProblem[]

/**
 * Compiles a JSON Schema (draft 2020-12, or draft-07 when it says so). A fine record costs one quick check; a refused one
 * is checked again for all of its problems.
 * @param name what errors call the schema
 * @throws Ep23Error EXPORT_BAD_SCHEMA (65)
 */
export function recordValidator(schema: JsonSchemaDocument, name: string): RecordValidator {
  const isFine = compile(schema, name, false)
  let explain: ValidateFunction | undefined
  return record => {
    if (isFine(record)) return []
    explain ??= compile(schema, name, true)
    explain(record)
    return (explain.errors ?? []).map(describe)
  }
}

function compile(schema: JsonSchemaDocument, name: string, allErrors: boolean): ValidateFunction {
  const options = {allErrors, strict: false}
  const ajv = String(schema['$schema']).includes('draft-07') ? new Ajv(options) : new Ajv2020(options)
  // The package is CommonJS: its default export is the module.
  addFormats.default(ajv)
  try {
    return ajv.compile(schema)
  } catch (error) {
    throw badDataError('EXPORT_BAD_SCHEMA', `${name} is not a usable JSON Schema: ${(error as Error).message}`, [
      'correct the schema; drafts 2020-12 and 07 are known',
    ])
  }
}

function describe({instancePath, message = 'is not valid', params}: ErrorObject): SchemaProblem {
  const {additionalProperty, allowedValues} = params as {additionalProperty?: string; allowedValues?: unknown[]}
  if (additionalProperty !== undefined)
    return {
      pointer: `${instancePath}/${escapePointer(additionalProperty)}`,
      message: 'is a field that the schema does not know',
    }
  return {pointer: instancePath, message: allowedValues ? `${message}: ${allowedValues.join(', ')}` : message}
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1')
}
