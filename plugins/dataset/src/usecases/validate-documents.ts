import {defaultMetadataStorage} from 'class-transformer/cjs/storage.js'
import {validateSync, type ValidationError} from 'class-validator'

import {schemaMessage, type Text} from '@ep23/sdk'

import {isFields} from '../domain/team-fields.js'
import {constraintMessage, message} from '../words/words.js'
import {Digest} from '../domain/digest.js'
import {DAILY_ID} from '../domain/document-values.js'
import type {Provenance} from '../domain/provenance.js'
import {ReviewReport} from '../domain/review-report.js'
import {digest, reviewReport, type Judge} from './document-judges.js'

/** The broken rules of a record; an empty list means that the record is fine. */
export type Validate = (record: unknown) => Problem[]

export interface DocumentValidators {
  digest: Validate
  reviewReport: Validate
}

/**
 * Checks documents as they live in memory, with `Date` objects. ajv's code judges, and class-validator, which takes some sixteen
 * times as long for a digest, is asked only to explain a refusal. Commands import this file where they begin to validate.
 */
export function documentValidators(): DocumentValidators {
  return {
    digest: validateBy(digest, Digest, digestOwnProblems),
    reviewReport: validateBy(reviewReport, ReviewReport, reportOwnProblems),
  }
}

function validateBy<T extends object>(
  judge: Judge,
  entity: new () => T,
  ownProblems: (document: T) => Problem[],
): Validate {
  return record => {
    if (judge(record)) return ownProblems(record as T)
    const problems = explainRecord(record, entity)
    return problems.length > 0 ? problems : schemaProblems(judge)
  }
}

// Reached only if the two validators disagree: the record is refused all the same, in ajv's words.
function schemaProblems(judge: Judge): Problem[] {
  return (judge.errors ?? []).map(error => ({pointer: error.instancePath, message: schemaMessage(error)}))
}

function digestOwnProblems({digest_id, channel, metadata}: Digest): Problem[] {
  return ownProblems('/digest_id', digest_id, channel, {pointer: '/metadata', metadata})
}

function reportOwnProblems({report_id, assignment_id, report: {metadata}}: ReviewReport): Problem[] {
  return ownProblems('/report_id', report_id, assignment_id, {pointer: '/report/metadata', metadata})
}

// What a document of ep23's must have beyond its schema; the team's have keys of their own and no hash.
function ownProblems(
  pointer: string,
  key: string,
  channel: string,
  {pointer: place, metadata}: {pointer: string; metadata: Provenance},
): Problem[] {
  if (metadata.origin === 'team') return []
  const problems: Problem[] = []
  if (!DAILY_ID.test(key) || !key.startsWith(`${channel}:`))
    problems.push({pointer, message: message('keyOfDay', {field: pointer.slice(1), channel, key})})
  if (metadata.source_sha256 === undefined)
    problems.push({pointer: `${place}/source_sha256`, message: message('fieldMissing', {what: 'source_sha256'})})
  return problems
}

/** One broken rule: where (RFC 6901 JSON Pointer into the record) and what. */
export interface Problem {
  pointer: string
  message: Text
}

type Entity = new () => object

/** Every rule of `entity`'s decorators that `record` breaks, in the order of the class's fields; empty for a fine record. */
export function explainRecord(record: unknown, entity: Entity): Problem[] {
  if (!isFields(record)) return [{pointer: '', message: message('recordMustBeObject', {kind: kindOf(record)})}]
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
  return isFields(value) ? asInstance(value, entity) : value
}

// A nested value of no class at all is reported without a property, against the declared type.
type Unnamed = Omit<ValidationError, 'property'> & {property?: string}

// Fields of our own classes and array indices hold neither `~` nor `/`: nothing to escape in a pointer.
function problemsOf(errors: ValidationError[], parent: string): Problem[] {
  return errors.flatMap(({property, constraints = {}, children = []}: Unnamed) => {
    const pointer = property === undefined ? parent : `${parent}/${property}`
    return [
      ...Object.entries(constraints).map(([rule, english]) => ({pointer, message: constraintMessage(rule, english)})),
      ...problemsOf(children, pointer),
    ]
  })
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
