import {dayOf} from '../domain/day-window.js'
import type {Digest} from '../domain/digest.js'
import {DAILY_ID, DOCUMENT_ID, ORIGINS, type Origin} from '../domain/document-values.js'
import type {ReviewReport} from '../domain/review-report.js'
import {digestOfRecord, isSampleRecord, reviewOfRecord} from '../domain/sample-record.js'
import {teamDigest, type TeamDocument, teamReview} from '../domain/team-documents.js'
import {channelIn, fieldsIn, isFields, momentIn, type FieldProblem, type Fields} from '../domain/team-fields.js'
import {sha256OfJson} from './writer-of.js'

/** What the user says of documents that do not say it themselves. */
export interface ImportDefaults {
  origin?: Origin
  model?: string
  timeZone: string
}

export interface Converted {
  document: object
  /** What is missing already here; what else is wrong, validation says. */
  problems: FieldProblem[]
}

/**
 * A record as a digest that ep23 keeps: its own documents and exports as they are, the team's through their mapping. Nothing is
 * guessed: what is missing then is for validation to refuse.
 */
export function toDigest(record: Fields, defaults: ImportDefaults): Converted {
  const fields = isSampleRecord(record) ? digestOfRecord(record) : record
  if (!isOwn(fields['metadata'])) return digestOfTeam(teamDigest(fields), defaults)
  const created_at = momentIn(fields['created_at']) ?? fields['created_at']
  const posts = Array.isArray(fields['posts']) ? fields['posts'].map(toPost) : fields['posts']
  const known = {source_sha256: sha256OfJson(posts ?? null)}
  const channel = channelIn(fields['channel']) ?? fields['channel']
  return {
    document: {
      language: 'ru',
      feature_flags: {},
      ...fields,
      digest_id: keyOf(fields['digest_id'], {channel, created_at, metadata: fields['metadata']}, defaults),
      channel,
      created_at,
      posts,
      metadata: completeMetadata(fields['metadata'], known, defaults),
    },
    problems: [],
  }
}

/** The same for a review report. */
export function toReview(record: Fields, defaults: ImportDefaults): Converted {
  const fields = isSampleRecord(record) ? reviewOfRecord(record) : record
  const report = fieldsIn(fields['report'])
  if (!isOwn(report['metadata'])) return reviewOfTeam(teamReview(fields), defaults)
  const created_at = momentIn(fields['created_at']) ?? fields['created_at']
  const assignment_id = channelIn(fields['assignment_id']) ?? fields['assignment_id']
  const known = {feature_flags: {}, source_sha256: sha256OfJson(report['passes'] ?? null)}
  return {
    document: {
      language: 'ru',
      ...fields,
      report_id: keyOf(
        fields['report_id'],
        {channel: assignment_id, created_at, metadata: report['metadata']},
        defaults,
      ),
      assignment_id,
      created_at,
      report: {...report, metadata: completeMetadata(report['metadata'], known, defaults)},
    },
    problems: [],
  }
}

// Whoever wrote documents in ep23's form said where they are from.
function isOwn(metadata: unknown): boolean {
  return ORIGINS.includes(fieldsIn(metadata)['origin'] as Origin)
}

function digestOfTeam({document, problems}: TeamDocument<Digest>, defaults: ImportDefaults): Converted {
  const {digest_id, channel, created_at, posts} = document
  const metadata = Object.assign(document.metadata, {source_sha256: sha256OfJson(posts), ...saidBy(defaults)})
  const key = keyOf(digest_id, {channel, created_at, metadata}, defaults)
  return {document: Object.assign(document, {digest_id: key}), problems}
}

function reviewOfTeam({document, problems}: TeamDocument<ReviewReport>, defaults: ImportDefaults): Converted {
  const {report_id, assignment_id, created_at, report} = document
  const known = {source_sha256: sha256OfJson(report.passes), ...saidBy(defaults)}
  const metadata = Object.assign(report.metadata, known)
  const key = keyOf(report_id, {channel: assignment_id, created_at, metadata}, defaults)
  return {document: Object.assign(document, {report_id: key}), problems}
}

// What the user says of documents that do not say it themselves.
function saidBy({origin = 'team', model}: ImportDefaults): Fields {
  return {origin, ...(model !== undefined && {llm_model: model})}
}

function toPost(value: unknown): unknown {
  if (!isFields(value)) return value
  const {post_id: id, published_at: published, ...post} = value
  return {
    ...post,
    ...(id !== undefined && {post_id: typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id}),
    ...(published !== undefined && {published_at: momentIn(published) ?? published}),
  }
}

/** The natural key: kept when it has its form (the team's have forms of their own), else made of channel and day. */
function keyOf(
  given: unknown,
  {channel, created_at, metadata}: {channel: unknown; created_at: unknown; metadata: unknown},
  {timeZone}: ImportDefaults,
): unknown {
  const isTeam = fieldsIn(metadata)['origin'] === ('team' satisfies Origin)
  if (typeof given === 'string' && (isTeam ? DOCUMENT_ID : DAILY_ID).test(given)) return given
  const isDated = created_at instanceof Date && !Number.isNaN(created_at.getTime())
  return isDated && typeof channel === 'string' ? `${channel}:${dayOf(created_at, timeZone)}` : given
}

function completeMetadata(value: unknown, known: Fields, {origin, model}: ImportDefaults): unknown {
  if (value !== undefined && !isFields(value)) return value
  return {...known, ...(origin && {origin}), ...(model && {llm_model: model}), ...value}
}
