import {recordedJudgement, recordedLatency} from './recorded-judgement.js'
import {fieldsIn, firstText, momentIn, type Fields} from './team-fields.js'

/** Whether a line of JSONL is the team's: theirs say no origin. */
export function isTeamRecord(fields: Fields): boolean {
  return fieldsIn(fields['metadata'])['origin'] === undefined
}

/**
 * A line of the team's JSONL (digest or review, docs/team-data.md) as a record of ep23's exports: origin `team`, the moment in
 * UTC, the summary under its present name, and of scores and latency only what was measured.
 */
export function teamRecord(fields: Fields): Fields {
  const summary = firstText(fields, ['summary_markdown', 'summary_text'])
  const timestamp = momentIn(fields['timestamp'])?.toISOString() ?? fields['timestamp']
  const metadata = fieldsIn(fields['metadata'])
  const judged = recordedJudgement(fieldsIn(fields['ground_truth'])['llm_judge'])
  const latency = recordedLatency([fields, metadata], judged).value
  const {summary_text: _, latency_seconds: __, ...kept} = fields
  return {
    ...kept,
    timestamp,
    language: fields['language'] ?? 'ru',
    ...(summary !== undefined && {summary_markdown: summary}),
    metadata: {...metadata, origin: 'team'},
    ground_truth: judged.value ? {llm_judge: judged.value} : {},
    ...(latency !== undefined && {latency_seconds: latency}),
  }
}
