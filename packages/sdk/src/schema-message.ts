import {verbatim, type Message} from './messages.js'
import type {Language} from './settings.js'
import type {SchemaError} from './words/russian-schema.js'
import {words} from './words/words.js'

/**
 * A broken rule of a JSON Schema in both languages, to be said after the place where it is broken.
 * @example schemaMessage({keyword: 'enum', params: {allowedValues: ['a', 'b']}, message: 'must be equal to one of the allowed values'})
 * // 'must be equal to one of the allowed values: a, b', «допустимо только a, b»
 */
export function schemaMessage(error: SchemaError): Message {
  const english = inEnglish(error)
  return {
    ...verbatim(english),
    in: async (language: Language) =>
      language === 'ru' ? (await import('./words/russian-schema.js')).russianOfSchema(error) : english,
  }
}

/** The same after its place, `/groups/0/rules must be array`, «/groups/0/rules: нужно: список». */
export function schemaMessageAt(place: string | Message, error: SchemaError): Message {
  return words.message('schemaProblem', {place, problem: schemaMessage(error)})
}

function inEnglish({params, message = 'is not valid'}: SchemaError): string {
  const {additionalProperty, allowedValues} = params
  const names = additionalProperty ?? allowedValues
  return names === undefined ? message : `${message}: ${[names].flat().map(String).join(', ')}`
}
