import type {Finding, ReviewPass, ReviewReport} from './review-report.js'
import {recordedJudgement, recordedLatency} from './recorded-judgement.js'
import type {TeamDocument} from './team-digest.js'
import {
  channelIn,
  fieldsIn,
  firstText,
  flagsIn,
  isFields,
  missing,
  momentIn,
  textIn,
  type Fields,
  madeId,
  teamId,
  teamLanguage,
  teamProvenance,
} from './team-fields.js'

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
      ...(channel === undefined ? [missing('/assignment_id', 'the channel’s username', fields['assignment_id'])] : []),
      ...(created_at === undefined ? [missing('/created_at', 'a date of 2013 to 2099', fields['created_at'])] : []),
      ...(synthesis === undefined ? [missing('/report/synthesis', 'the synthesis', undefined)] : []),
      ...(passes.length === 0 ? [missing('/report/passes', 'a pass', undefined)] : []),
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
