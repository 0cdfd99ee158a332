import {Digest} from '../domain/documents/digest.js'
import {DAILY_ID} from '../domain/documents/document-id.js'
import type {Provenance} from '../domain/documents/provenance.js'
import {ReviewReport} from '../domain/documents/review-report.js'
import {digest, reviewReport, type Judge} from './document-judges.js'
import {explainRecord, type Problem} from './explain-record.js'

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
  return (judge.errors ?? []).map(({instancePath, message = 'is not valid'}) => ({pointer: instancePath, message}))
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
    problems.push({pointer, message: `${pointer.slice(1)} must be "${channel}:YYYY-MM-DD", and is "${key}"`})
  if (metadata.source_sha256 === undefined)
    problems.push({pointer: `${place}/source_sha256`, message: 'source_sha256 is missing'})
  return problems
}
