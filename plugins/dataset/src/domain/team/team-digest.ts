import type {Digest} from '../documents/digest.js'
import {recordedJudgement, recordedLatency, type Recorded} from './recorded-judgement.js'
import {
  amountIn,
  channelIn,
  fieldsIn,
  firstText,
  flagsIn,
  missing,
  momentIn,
  textIn,
  type FieldProblem,
  type Fields,
} from './team-fields.js'
import {madeId, teamId, teamLanguage, teamProvenance} from './team-identity.js'
import {teamPosts} from './team-posts.js'

/** A document of the team's as ep23 reads it. */
export interface TeamDocument<T> {
  document: T
  /** Why it cannot be used; empty for a sound one. */
  problems: FieldProblem[]
  /** Values that are there and count as not measured. */
  dropped: NonNullable<Recorded<unknown>['dropped']>[]
}

const SUMMARIES = ['summary_markdown', 'summary', 'digest', 'summary_text'] as const

/**
 * The one mapping of a team's digest, of any age, to what ep23 reads; docs/team-data.md has it as a table. Nothing is guessed:
 * what is missing is a problem, what nobody measured stays absent, posts may lack ids and dates.
 */
export function teamDigest(fields: Fields): TeamDocument<Digest> {
  const metadata = fieldsIn(fields['metadata'])
  const channel = channelIn(fields['channel'])
  const created_at = momentIn(fields['created_at'] ?? fields['timestamp'])
  const summary = firstText(fields, SUMMARIES)
  const posts = teamPosts(fields)
  const judged = recordedJudgement(
    fieldsIn(fields['quality'])['llm_judge'] ?? fieldsIn(fields['ground_truth'])['llm_judge'] ?? metadata['llm_judge'],
  )
  const latency = recordedLatency([fields, fieldsIn(fields['metrics']), metadata], judged)
  const hours = amountIn(metadata['time_range_hours'])
  return {
    document: {
      digest_id: teamId(fields['digest_id'] ?? fields['sample_id']) ?? madeId(channel, created_at),
      channel: channel ?? '',
      language: teamLanguage(fields),
      summary_markdown: summary ?? '',
      posts,
      feature_flags: flagsIn(fields['feature_flags'] ?? metadata['feature_flags']),
      ...(latency.value !== undefined && {latency_seconds: latency.value}),
      created_at: created_at ?? new Date(Number.NaN),
      metadata: {...teamProvenance(fields), ...(hours !== undefined && {time_range_hours: hours})},
      ...(judged.value && {quality: {llm_judge: judged.value}}),
    },
    problems: [
      ...(channel === undefined ? [missing('/channel', 'the channel’s username', fields['channel'])] : []),
      ...(created_at === undefined ? [missing('/created_at', 'a date of 2013 to 2099', fields['created_at'])] : []),
      ...(summary === undefined
        ? [missing('/summary_markdown', 'the summary', textIn(fields['summary_markdown']))]
        : []),
      ...(posts.length === 0 ? [missing('/posts', 'a post with a text', undefined)] : []),
    ],
    dropped: [judged.dropped, latency.dropped].filter(reason => reason !== undefined),
  }
}
