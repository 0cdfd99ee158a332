/** Whether a value out of JSON is an object with fields: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A field by a name that comes from outside, such as a channel's, a score's or a label's: undefined where the record has none of its own,
 * also for `toString` and `constructor`, which every object inherits.
 */
export function ownField<T>(record: {readonly [name: string]: T}, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
