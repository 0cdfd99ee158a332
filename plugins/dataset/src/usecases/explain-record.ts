import {defaultMetadataStorage} from 'class-transformer/cjs/storage.js'
import {validateSync, type ValidationError} from 'class-validator'

/** One broken rule: where (RFC 6901 JSON Pointer into the record) and what. */
export interface Problem {
  pointer: string
  message: string
}

type Entity = new () => object

/** Every rule of `entity`'s decorators that `record` breaks, in the order of the class's fields; empty for a fine record. */
export function explainRecord(record: unknown, entity: Entity): Problem[] {
  if (!isPlainObject(record)) return [{pointer: '', message: `the record must be an object, this is ${kindOf(record)}`}]
  const errors = validateSync(asInstance(record, entity), {forbidUnknownValues: true, validationError: {target: false}})
  return problemsOf(errors, '')
}

// plainToInstance would turn any text into a Date and so hide a wrong one: here values stay as they are.
function asInstance(record: object, entity: Entity): object {
  const fields: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(record)
  // class-validator finds the rules through `constructor`: a field of that name must not stand before the class's own.
  Reflect.deleteProperty(fields, 'constructor')
  const instance = Object.create(entity.prototype as object, fields) as Record<string, unknown>
  for (const [name, value] of Object.entries(record)) {
    const type = defaultMetadataStorage.findTypeMetadata(entity, name)?.typeFunction() as Entity | undefined
    if (type !== undefined && type !== (Date as unknown as Entity)) instance[name] = nested(value, type)
  }
  return instance
}

function nested(value: unknown, entity: Entity): unknown {
  if (Array.isArray(value)) return value.map(entry => nested(entry, entity))
  return isPlainObject(value) ? asInstance(value, entity) : value
}

// A nested value of no class at all is reported without a property, against the declared type.
type Unnamed = Omit<ValidationError, 'property'> & {property?: string}

// Fields of our own classes and array indices hold neither `~` nor `/`: nothing to escape in a pointer.
function problemsOf(errors: ValidationError[], parent: string): Problem[] {
  return errors.flatMap(({property, constraints = {}, children = []}: Unnamed) => {
    const pointer = property === undefined ? parent : `${parent}/${property}`
    return [...Object.values(constraints).map(message => ({pointer, message})), ...problemsOf(children, pointer)]
  })
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
