import type {Digest} from '../documents/digest.js'
import type {ReviewReport} from '../documents/review-report.js'
import {fieldsIn, type Fields} from '../team/team-fields.js'

/** The fields that the team's counting script wants in a digest, under these very names. */
const DIGEST_FIELDS = ['summary_markdown', 'posts', 'feature_flags', 'latency_seconds', 'created_at'] as const
const LEAST_POSTS = 3
const CYRILLIC = /\p{Script=Cyrillic}/u

/** What the team's own rule has against a digest; each reason once. */
export function teamDigestBreaches({summary_markdown, posts, latency_seconds}: Digest, stored: Fields): string[] {
  const absent = DIGEST_FIELDS.filter(field => stored[field] === undefined || stored[field] === null)
  return [
    ...absent.map(field => `no ${field}`),
    ...(posts.length < LEAST_POSTS ? [`fewer than ${LEAST_POSTS} posts`] : []),
    ...(CYRILLIC.test(summary_markdown) ? [] : ['a summary without Cyrillic letters']),
    ...(posts.every(({title = '', summary = '', text}) => CYRILLIC.test(`${title}${summary}${text}`))
      ? []
      : ['a post without Cyrillic letters']),
    ...(latency_seconds === 0 ? ['a latency of 0'] : []),
  ]
}

/** The same of a review report. */
export function teamReviewBreaches({report: {synthesis, passes}}: ReviewReport, stored: Fields): string[] {
  const given = fieldsIn(stored['report'])
  return [
    ...(given['passes'] === undefined || passes.length === 0 ? ['no passes'] : []),
    ...(given['synthesis'] === undefined || synthesis.trim() === '' ? ['no synthesis'] : []),
  ]
}
