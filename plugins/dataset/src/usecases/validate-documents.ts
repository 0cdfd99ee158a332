import type {ValidateFunction} from 'ajv'

import {Digest} from '../domain/documents/digest.js'
import {ReviewReport} from '../domain/documents/review-report.js'
import {compileSchemas} from './compile-schemas.js'
import {explainRecord, type Problem} from './explain-record.js'

/** The broken rules of a record; an empty list means that the record is fine. */
export type Validate = (record: unknown) => Problem[]

export interface DocumentValidators {
  digest: Validate
  reviewReport: Validate
}

/**
 * Checks documents as they live in memory, with `Date` objects. ajv judges, and class-validator, which takes some sixteen
 * times as long for a digest, is asked only to explain a refusal. Importing this file costs about 0.2 s: commands do it
 * where they begin to validate.
 */
export function documentValidators(): DocumentValidators {
  const judges = compileSchemas()
  return {
    digest: validateBy(judges.digest, Digest, digestKeyProblems),
    reviewReport: validateBy(judges.reviewReport, ReviewReport, reportKeyProblems),
  }
}

function validateBy<T extends object>(
  judge: ValidateFunction,
  entity: new () => T,
  keyProblems: (document: T) => Problem[],
): Validate {
  return record => {
    if (judge(record)) return keyProblems(record as T)
    const problems = explainRecord(record, entity)
    return problems.length > 0 ? problems : schemaProblems(judge)
  }
}

// Reached only if the two validators disagree: the record is refused all the same, in ajv's words.
function schemaProblems(judge: ValidateFunction): Problem[] {
  return (judge.errors ?? []).map(({instancePath, message = 'is not valid'}) => ({pointer: instancePath, message}))
}

function digestKeyProblems({digest_id, channel}: Digest): Problem[] {
  return keyProblems('digest_id', digest_id, channel)
}

function reportKeyProblems({report_id, assignment_id}: ReviewReport): Problem[] {
  return keyProblems('report_id', report_id, assignment_id)
}

function keyProblems(field: string, key: string, channel: string): Problem[] {
  if (key.startsWith(`${channel}:`)) return []
  return [{pointer: `/${field}`, message: `${field} must begin with the channel, "${channel}:", and is "${key}"`}]
}
