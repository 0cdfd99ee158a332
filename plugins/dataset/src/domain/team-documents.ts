import type {Digest, Post} from './digest.js'
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
  isFields,
  madeId,
  teamId,
  teamLanguage,
  teamProvenance,
} from './team-fields.js'
import type {Finding, ReviewPass, ReviewReport} from './review-report.js'
import {message} from '../words/words.js'

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
      ...(channel === undefined ? [missing('/channel', message('channelUsername'), fields['channel'])] : []),
      ...(created_at === undefined ? [missing('/created_at', message('dateOfTelegram'), fields['created_at'])] : []),
      ...(summary === undefined
        ? [missing('/summary_markdown', message('theSummary'), textIn(fields['summary_markdown']))]
        : []),
      ...(posts.length === 0 ? [missing('/posts', message('postWithText'), undefined)] : []),
    ],
    dropped: [judged.dropped, latency.dropped].filter(reason => reason !== undefined),
  }
}

/** Where the team's programs of different ages keep the posts of a digest, the newest first. */
const PLACES = ['posts', 'items', 'posts_text', 'raw_posts'] as const

/** The posts of a team's digest; those without any text are left out. */
function teamPosts(digest: Fields): Post[] {
  for (const place of PLACES) {
    const posts = listOf(digest[place]).flatMap(toPost)
    if (posts.length > 0) return posts
  }
  return []
}

// A text of several posts has blank lines between them, or each on its line.
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  const text = textIn(value)
  if (text === undefined) return []
  const parts = text.trim().split(/\n[^\S\n]*\n\s*/u)
  return parts.length > 1 ? parts : text.trim().split('\n')
}

function toPost(value: unknown): Post[] {
  if (typeof value === 'string') return textIn(value) === undefined ? [] : [{text: value.trim()}]
  if (!isFields(value)) return []
  const title = textIn(value['title'])
  const summary = textIn(value['summary'])
  const text = firstText(value, ['text', 'content', 'message']) ?? ''
  if (text === '' && title === undefined && summary === undefined) return []
  return [{...identityOf(value), text, ...(title !== undefined && {title}), ...(summary !== undefined && {summary})}]
}

function identityOf(post: Fields): Partial<Post> {
  const id = [post['post_id'], post['message_id'], post['id']].find(isId)
  const published = [post['published_at'], post['date']].map(momentIn).find(date => date !== undefined)
  const url = [post['url'], post['link']].find(isHttpUrl)
  return {
    ...(id !== undefined && {post_id: String(id)}),
    ...(published !== undefined && {published_at: published}),
    ...(url !== undefined && {url}),
  }
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' ? /^\S{1,200}$/u.test(value) : Number.isSafeInteger(value)
}

function isHttpUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^\s/]+\.[^\s/]+/u.test(value) && URL.canParse(value)
}

const SYNTHESES = ['synthesis', 'summary_markdown', 'summary'] as const

/** The one mapping of a team's review report, of any age, to what ep23 reads; see `teamDigest`. */
export function teamReview(fields: Fields): TeamDocument<ReviewReport> {
  const report = fieldsIn(fields['report'])
  const metadata = fieldsIn(report['metadata'] ?? fields['metadata'])
  const channel = channelIn(fields['assignment_id'] ?? fields['channel'])
  const created_at = momentIn(fields['created_at'] ?? fields['timestamp'])
  const synthesis = firstText(report, SYNTHESES) ?? firstText(fields, SYNTHESES)
  const passes = listIn(report['passes'] ?? fields['passes']).flatMap(toPass)
  const judged = recordedJudgement(metadata['llm_judge'] ?? fieldsIn(fields['ground_truth'])['llm_judge'])
  const latency = recordedLatency([metadata, fields, fieldsIn(fields['metrics'])], judged)
  const student = textIn(fields['student_id']) ?? textIn(metadata['student_id'])
  return {
    document: {
      report_id: teamId(fields['report_id'] ?? fields['sample_id']) ?? madeId(channel, created_at, 'report-'),
      assignment_id: channel ?? '',
      ...(student !== undefined && {student_id: student}),
      language: teamLanguage(fields),
      created_at: created_at ?? new Date(Number.NaN),
      report: {
        synthesis: synthesis ?? '',
        passes,
        metadata: {
          ...teamProvenance(report, fields),
          feature_flags: flagsIn(metadata['feature_flags'] ?? fields['feature_flags']),
          ...(latency.value !== undefined && {latency_seconds: latency.value}),
          ...(judged.value && {llm_judge: judged.value}),
        },
      },
    },
    problems: [
      ...(channel === undefined
        ? [missing('/assignment_id', message('channelUsername'), fields['assignment_id'])]
        : []),
      ...(created_at === undefined ? [missing('/created_at', message('dateOfTelegram'), fields['created_at'])] : []),
      ...(synthesis === undefined ? [missing('/report/synthesis', message('theSynthesis'), undefined)] : []),
      ...(passes.length === 0 ? [missing('/report/passes', message('aPass'), undefined)] : []),
    ],
    dropped: [judged.dropped, latency.dropped].filter(reason => reason !== undefined),
  }
}

function toPass(value: unknown, index: number): ReviewPass[] {
  if (!isFields(value)) return []
  return [
    {
      pass_name: firstText(value, ['pass_name', 'name']) ?? `pass ${index + 1}`,
      summary: textIn(value['summary']) ?? '',
      recommendations: listIn(value['recommendations']).flatMap(text => textIn(text) ?? []),
      findings: listIn(value['findings']).flatMap(toFinding),
    },
  ]
}

function toFinding(value: unknown): Finding[] {
  if (typeof value === 'string') return textIn(value) === undefined ? [] : [{title: value, description: ''}]
  if (!isFields(value)) return []
  const description = firstText(value, ['description', 'details']) ?? ''
  const title = firstText(value, ['title', 'message']) ?? description
  return title === '' ? [] : [{title, description: title === description ? '' : description}]
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}
