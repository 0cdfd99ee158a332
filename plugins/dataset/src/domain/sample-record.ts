import type {ReviewPass} from './review-report.js'
import {amountIn, fieldsIn, textIn, type Fields, firstText, momentIn} from './team-fields.js'
import {recordedJudgement, recordedLatency} from './recorded-judgement.js'

/** Whether fields are a line of an export (ep23's or the team's) and no document: the source is one text there. */
export function isSampleRecord(fields: Fields): boolean {
  return typeof fields['source_text'] === 'string' && fields['posts'] === undefined && fields['report'] === undefined
}

/**
 * A line of a digest export as a digest document. The posts are those of its source text: ep23 separates them by blank lines,
 * the team's exporter by line feeds. Where that gives another number than `posts_count`, the whole text is one post; ids and
 * dates are not in an export.
 */
export function digestOfRecord(record: Fields): Fields {
  const {sample_id, timestamp, source_text, summary_text, ground_truth, metadata, ...kept} = record
  const {posts_count, feature_flags, ...others} = fieldsIn(metadata)
  return {
    summary_markdown: summary_text,
    ...kept,
    digest_id: sample_id,
    created_at: timestamp,
    posts: postsOf(textIn(source_text) ?? '', amountIn(posts_count)),
    feature_flags: feature_flags ?? {},
    metadata: others,
    ...(fieldsIn(ground_truth)['llm_judge'] !== undefined && {
      quality: {llm_judge: fieldsIn(ground_truth)['llm_judge']},
    }),
  }
}

/** A line of a review export as a review report: its passes are read back from the source text. */
export function reviewOfRecord(record: Fields): Fields {
  const {sample_id, channel, language, timestamp, source_text, summary_markdown, summary_text} = record
  const {passes_count: _, assignment_id, student_id, ...metadata} = fieldsIn(record['metadata'])
  const judge = fieldsIn(record['ground_truth'])['llm_judge']
  return {
    report_id: sample_id,
    assignment_id: assignment_id ?? channel,
    ...(textIn(student_id) !== undefined && {student_id}),
    ...(language !== undefined && {language}),
    created_at: timestamp,
    report: {
      synthesis: summary_markdown ?? summary_text,
      passes: passesOf(textIn(source_text) ?? ''),
      metadata: {
        feature_flags: {},
        ...metadata,
        ...(record['latency_seconds'] !== undefined && {latency_seconds: record['latency_seconds']}),
        ...(judge !== undefined && {llm_judge: judge}),
      },
    },
  }
}

function postsOf(source: string, count: number | undefined): {text: string}[] {
  for (const separator of ['\n\n', '\n']) {
    const parts = source.split(separator).filter(part => part.trim() !== '')
    if (parts.length === count) return parts.map(text => ({text}))
  }
  return source.trim() === '' ? [] : [{text: source}]
}

/** `## structure` and bullets as ep23 writes passes, or `[structure] …`, `Recommendation: …`, `Finding: …` as the team does. */
function passesOf(source: string): ReviewPass[] {
  const passes: ReviewPass[] = []
  for (const line of source.split('\n')) {
    const [, heading, bracketed, summary] = /^## (.+)$|^\[([^\]]+)\] ?(.*)$/u.exec(line) ?? []
    const name = heading ?? bracketed
    if (name !== undefined) passes.push({pass_name: name, summary: summary ?? '', recommendations: [], findings: []})
    else addLine(passes.at(-1) ?? firstPass(passes), line)
  }
  for (const pass of passes) pass.summary = pass.summary.trim()
  return passes
}

function addLine(pass: ReviewPass, line: string): void {
  const finding = /^- \*\*(.+?)\*\*: ?(.*)$/u.exec(line) ?? /^Finding: (.+)()$/u.exec(line)
  const recommendation = /^(?:- |Recommendation: )(.+)$/u.exec(line)?.[1]
  if (finding?.[1] !== undefined) pass.findings.push({title: finding[1], description: finding[2] ?? ''})
  else if (recommendation !== undefined) pass.recommendations.push(recommendation)
  else if (line.trim() !== '') pass.summary = `${pass.summary}\n${line}`
}

// A source text that begins without a heading is one unnamed pass.
function firstPass(passes: ReviewPass[]): ReviewPass {
  const pass = {pass_name: 'review', summary: '', recommendations: [], findings: []}
  passes.push(pass)
  return pass
}

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
