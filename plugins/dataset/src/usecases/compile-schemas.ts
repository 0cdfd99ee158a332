import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {isURL} from 'class-validator'

import {documentSchemas} from './document-schemas.js'

/** The two documents' schemas as compiled functions: the bulk half of validation, which only says yes or no. */
export function compileSchemas(): {digest: ValidateFunction; reviewReport: ValidateFunction} {
  const ajv = new Ajv2020({strictTypes: false})
  ajv.addKeyword({keyword: 'isDate', validate: isDate, errors: false})
  ajv.addKeyword({keyword: 'isUrl', validate: isUrl, errors: false})
  const {digest, reviewReport} = documentSchemas('object')
  return {digest: ajv.compile(digest), reviewReport: ajv.compile(reviewReport)}
}

function isDate(wanted: boolean, value: unknown): boolean {
  return wanted ? value instanceof Date && !Number.isNaN(value.getTime()) : !(value instanceof Date)
}

// class-validator's own function with the decorator's own options: the two validators cannot differ here.
function isUrl(options: Parameters<typeof isURL>[1], value: unknown): boolean {
  return isURL(value as string, options)
}
