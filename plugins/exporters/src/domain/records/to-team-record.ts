import type {Digest, ReviewReport} from '@ep23/plugin-dataset'

import type {DigestRecord, ReviewRecord} from './export-record.js'
import {toDigestRecord, toReviewRecord} from './to-record.js'

/** The names under which the team's tools look for their datasets. */
export const TEAM_DATASETS: Readonly<Record<string, string>> = {
  digests: 'benchmark_digest_ru_v1',
  review_reports: 'benchmark_review_ru_v1',
}

/**
 * A digest as the team's own exporter writes it: a line for each post, `title summary text`, and Python's `+00:00`. It also says
 * its origin, which theirs does not.
 */
export function toTeamDigestRecord(digest: Digest): DigestRecord {
  const lines = digest.posts.map(({title, summary, text}) => words([title, summary, text]))
  return Object.assign(toDigestRecord(digest), {
    source_text: lines.join('\n'),
    timestamp: pythonTime(digest.created_at),
  })
}

/** A review report as the team's own exporter writes it: passes by blank lines, what they say a line each. */
export function toTeamReviewRecord(review: ReviewReport): ReviewRecord {
  const {assignment_id, student_id, created_at, report} = review
  const record = toReviewRecord(review)
  Object.assign(record.metadata, {assignment_id, ...(typeof student_id === 'string' && {student_id})})
  return Object.assign(record, {
    source_text: report.passes.map(passText).join('\n\n'),
    timestamp: pythonTime(created_at),
  })
}

function passText({pass_name, summary, recommendations, findings}: ReviewReport['report']['passes'][number]): string {
  return [
    `[${pass_name}] ${summary}`.trimEnd(),
    ...recommendations.map(text => `Recommendation: ${text}`),
    ...findings.map(({title, description}) => `Finding: ${words([title, description])}`),
  ].join('\n')
}

function words(parts: readonly (string | null | undefined)[]): string {
  return parts.filter(part => typeof part === 'string' && part !== '').join(' ')
}

// Python before 3.11 reads no Z.
function pythonTime(date: Date): string {
  return date.toISOString().replace('Z', '+00:00')
}
