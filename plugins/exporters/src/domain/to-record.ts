import type {Digest, ReviewReport} from '@ep23/plugin-dataset'

import type {DigestRecord, GroundTruth, ReviewRecord} from './export-record.js'

const PARAGRAPH = '\n\n'

/** A digest as a line of the export: fields in canonical order, absent where the digest has nothing. */
export function toDigestRecord(digest: Digest): DigestRecord {
  const {channel, language, summary_markdown, posts, metadata} = digest
  return {
    channel,
    ground_truth: groundTruth(digest.quality?.llm_judge),
    language,
    ...latency(digest.latency_seconds),
    metadata: {
      feature_flags: sortedFields(digest.feature_flags),
      llm_model: metadata.llm_model,
      origin: metadata.origin,
      posts_count: posts.length,
      ...(typeof metadata.time_range_hours === 'number' && {time_range_hours: metadata.time_range_hours}),
    },
    sample_id: digest.digest_id,
    source_text: posts.map(postText).join(PARAGRAPH),
    summary_markdown,
    timestamp: digest.created_at.toISOString(),
  }
}

/** A review report as a line of the export: the passes are the source, the synthesis is the summary. */
export function toReviewRecord({report_id, assignment_id, language, created_at, report}: ReviewReport): ReviewRecord {
  const {passes, synthesis, metadata} = report
  return {
    channel: assignment_id,
    ground_truth: groundTruth(metadata.llm_judge),
    language,
    ...latency(metadata.latency_seconds),
    metadata: {
      feature_flags: sortedFields(metadata.feature_flags),
      llm_model: metadata.llm_model,
      origin: metadata.origin,
      passes_count: passes.length,
    },
    sample_id: report_id,
    source_text: passes.map(passText).join(PARAGRAPH),
    summary_markdown: synthesis,
    timestamp: created_at.toISOString(),
  }
}

function postText({title, text}: Digest['posts'][number]): string {
  return title ? `${title}\n${text}` : text
}

function passText({pass_name, summary, findings, recommendations}: ReviewReport['report']['passes'][number]): string {
  const points = [...findings.map(({title, description}) => `**${title}**: ${description}`), ...recommendations]
  const list = points.map(point => `- ${point}`).join('\n')
  return [`## ${pass_name}`, summary, list].filter(part => part !== '').join(PARAGRAPH)
}

type Judgement = NonNullable<GroundTruth['llm_judge']>

function groundTruth(judgement: Judgement | null | undefined): GroundTruth {
  if (!judgement) return {}
  const {judge_model, prompt_version, scores, verdict} = judgement
  return {
    llm_judge: {
      judge_model,
      ...(typeof prompt_version === 'string' && {prompt_version}),
      scores: sortedFields(scores),
      ...(typeof verdict === 'string' && {verdict}),
    },
  }
}

// Documents may hold null where a field is optional; records leave such fields out.
function latency(seconds: number | null | undefined): {latency_seconds?: number} {
  return typeof seconds === 'number' ? {latency_seconds: seconds} : {}
}

function sortedFields<T>(fields: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}

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
    source_text: report.passes.map(teamPassText).join('\n\n'),
    timestamp: pythonTime(created_at),
  })
}

function teamPassText({
  pass_name,
  summary,
  recommendations,
  findings,
}: ReviewReport['report']['passes'][number]): string {
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
