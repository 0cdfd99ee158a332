import {dayOf} from '../../domain/day-window.js'
import {DAILY_ID, DOCUMENT_ID} from '../../domain/documents/document-id.js'
import {ORIGINS, type Origin} from '../../domain/documents/origin.js'
import {digestOfRecord, isSampleRecord, reviewOfRecord} from '../../domain/team/sample-record.js'
import {teamDigest, type TeamDocument} from '../../domain/team/team-digest.js'
import {channelIn, fieldsIn, isFields, momentIn, type FieldProblem, type Fields} from '../../domain/team/team-fields.js'
import {teamReview} from '../../domain/team/team-review.js'
import {sha256OfJson} from '../source-hash.js'

/** What the user says of documents that do not say it themselves. */
export interface ImportDefaults {
  origin?: Origin
  model?: string
  timeZone: string
}

export interface Converted {
  document: Fields
  /** What is missing already here; what else is wrong, validation says. */
  problems: FieldProblem[]
}

/**
 * A record as a digest that ep23 keeps: its own documents and exports as they are, the team's through their mapping. Nothing is
 * guessed: what is missing then is for validation to refuse.
 */
export function toDigest(record: Fields, defaults: ImportDefaults): Converted {
  const fields = isSampleRecord(record) ? digestOfRecord(record) : record
  if (!isOwn(fields['metadata'], defaults)) return fromTeam(teamDigest(fields), ({posts}) => posts, defaults)
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
  if (!isOwn(report['metadata'], defaults))
    return fromTeam(teamReview(fields), document => document.report.passes, defaults)
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

// Documents say themselves where they are from, or the user says that they are posts of Telegram or made up.
function isOwn(metadata: unknown, {origin = 'team'}: ImportDefaults): boolean {
  return ORIGINS.includes(fieldsIn(metadata)['origin'] as Origin) || origin !== 'team'
}

function fromTeam<T extends {digest_id?: string; report_id?: string}>(
  {document, problems}: TeamDocument<T>,
  sourceOf: (document: T) => unknown,
  {model}: ImportDefaults,
): Converted {
  const known = {source_sha256: sha256OfJson(sourceOf(document)), ...(model && {llm_model: model})}
  const fields = document as Fields
  const report = fields['report']
  if (!isFields(report)) return {document: {...fields, metadata: {...fieldsIn(fields['metadata']), ...known}}, problems}
  const metadata = {...fieldsIn(report['metadata']), ...known}
  return {document: {...fields, report: {...report, metadata}}, problems}
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
  return created_at instanceof Date && typeof channel === 'string' ? `${channel}:${dayOf(created_at, timeZone)}` : given
}

function completeMetadata(value: unknown, known: Fields, {origin, model}: ImportDefaults): unknown {
  if (value !== undefined && !isFields(value)) return value
  return {...known, ...(origin && {origin}), ...(model && {llm_model: model}), ...value}
}
