import {ValidateBy, buildMessage} from 'class-validator'

export const IS_RECORD_OF = 'isRecordOf'

/** Decorator: an object whose values are all finite numbers (or all booleans), as score tables and feature flags are. */
export function IsRecordOf(kind: 'number' | 'boolean'): PropertyDecorator {
  return ValidateBy({
    name: IS_RECORD_OF,
    constraints: [kind],
    validator: {
      validate: value => isRecordOf(value, kind),
      defaultMessage: buildMessage(
        each => `${each}$property must be an object whose values are all of type $constraint1`,
      ),
    },
  })
}

function isRecordOf(value: unknown, kind: 'number' | 'boolean'): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return false
  return Object.values(value).every(entry => typeof entry === kind && (kind === 'boolean' || Number.isFinite(entry)))
}
