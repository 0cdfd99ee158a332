import {russianCount} from '../russian-count.js'

/** What ajv tells of a broken rule; the sdk has no validator of its own. */
export interface SchemaError {
  keyword: string
  params: Readonly<Record<string, unknown>>
  /** In English, without the names of what is allowed or too much. */
  message?: string
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'строка',
  number: 'число',
  integer: 'целое число',
  boolean: 'true или false',
  array: 'список',
  object: 'объект с полями',
  null: 'null',
}

type Values = Readonly<Record<string, unknown>>

/** What is wrong by each keyword of JSON Schema, to be said after the place and a colon. */
const KEYWORDS: Readonly<Record<string, (values: Values) => string>> = {
  type: ({type}) => `не того вида, нужно: ${[type].flat().map(typeName).join(' или ')}`,
  required: ({missingProperty}) => `не хватает поля ${text(missingProperty)}`,
  additionalProperties: ({additionalProperty}) => `неизвестное поле ${text(additionalProperty)}`,
  unevaluatedProperties: ({unevaluatedProperty}) => `неизвестное поле ${text(unevaluatedProperty)}`,
  propertyNames: ({propertyName}) => `недопустимое имя поля ${text(propertyName)}`,
  dependentRequired: ({property, deps}) => `вместе с ${text(property)} нужно ${text(deps)}`,
  enum: ({allowedValues}) => `допустимо только ${list(allowedValues)}`,
  const: ({allowedValue}) => `допустимо только ${text(allowedValue)}`,
  pattern: ({pattern}) => `не подходит под образец ${text(pattern)}`,
  format: ({format}) => `не в виде ${text(format)}`,
  minimum: ({limit}) => `должно быть не меньше ${text(limit)}`,
  maximum: ({limit}) => `должно быть не больше ${text(limit)}`,
  exclusiveMinimum: ({limit}) => `должно быть больше ${text(limit)}`,
  exclusiveMaximum: ({limit}) => `должно быть меньше ${text(limit)}`,
  multipleOf: ({multipleOf}) => `должно делиться на ${text(multipleOf)}`,
  minLength: ({limit}) =>
    limit === 1 ? 'пустой текст' : `нужно хотя бы ${counted(limit, ['знак', 'знака', 'знаков'])}`,
  maxLength: ({limit}) => `можно не больше ${counted(limit, ['знака', 'знаков', 'знаков'])}`,
  minItems: ({limit}) => `нужно хотя бы ${counted(limit, ['значение', 'значения', 'значений'])}`,
  maxItems: ({limit}) => `можно не больше ${counted(limit, ['значения', 'значений', 'значений'])}`,
  minProperties: ({limit}) => `нужно хотя бы ${counted(limit, ['поле', 'поля', 'полей'])}`,
  maxProperties: ({limit}) => `можно не больше ${counted(limit, ['поля', 'полей', 'полей'])}`,
  uniqueItems: ({i, j}) => `значения ${text(j)} и ${text(i)} одинаковы`,
  contains: () => 'нет ни одного подходящего значения',
  anyOf: () => 'не подходит ни под один из допустимых видов',
  oneOf: () => 'должно подходить ровно под один из допустимых видов',
  not: () => 'такое значение не допускается',
  'false schema': () => 'здесь ничего не допускается',
}

/** What a validator of JSON Schema found, in Russian; English of a keyword that is not known here. */
export function russianOfSchema({keyword, params, message = ''}: SchemaError): string {
  return KEYWORDS[keyword]?.(params) ?? message
}

function typeName(type: unknown): string {
  return TYPES[text(type)] ?? text(type)
}

function list(values: unknown): string {
  return [values].flat().map(text).join(', ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function counted(limit: unknown, forms: Parameters<typeof russianCount>[1]): string {
  return russianCount(Number(limit), forms)
}
