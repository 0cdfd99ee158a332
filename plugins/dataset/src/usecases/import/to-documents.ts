import {sha256OfJson} from '../source-hash.js'
import {dailyId, fieldsOf, reviveChannel, reviveDate, type Fields, type ImportDefaults} from './imported-fields.js'

/**
 * A team's digest as this product keeps it: dates revived, channel and key in their one form, metadata completed by what the
 * user said. Nothing is guessed: what is missing then is for validation to refuse.
 */
export function toDigest(value: unknown, defaults: ImportDefaults): Fields {
  const fields = fieldsOf(value, 'the digest')
  const created_at = reviveDate(fields['created_at'], 'created_at')
  const channel = reviveChannel(fields['channel'], 'channel')
  const posts = Array.isArray(fields['posts']) ? fields['posts'].map(toPost) : fields['posts']
  return {
    language: 'ru',
    feature_flags: {},
    ...fields,
    digest_id: dailyId(fields['digest_id'], channel, created_at, defaults.timeZone),
    channel,
    created_at,
    posts,
    metadata: completeMetadata(
      fields['metadata'],
      {time_range_hours: 24, source_sha256: sha256OfJson(posts ?? null)},
      defaults,
    ),
  }
}

/** The same for a review report. */
export function toReview(value: unknown, defaults: ImportDefaults): Fields {
  const fields = fieldsOf(value, 'the review report')
  const created_at = reviveDate(fields['created_at'], 'created_at')
  const assignment_id = reviveChannel(fields['assignment_id'], 'assignment_id')
  const report = fieldsOf(fields['report'], 'report')
  return {
    language: 'ru',
    ...fields,
    report_id: dailyId(fields['report_id'], assignment_id, created_at, defaults.timeZone),
    assignment_id,
    created_at,
    report: {
      ...report,
      metadata: completeMetadata(
        report['metadata'],
        {feature_flags: {}, source_sha256: sha256OfJson(report['passes'] ?? null)},
        defaults,
      ),
    },
  }
}

function toPost(value: unknown): Fields {
  const fields = fieldsOf(value, 'a post')
  return {
    ...fields,
    post_id: String(fields['post_id']),
    published_at: reviveDate(fields['published_at'], 'published_at'),
  }
}

function completeMetadata(value: unknown, known: Fields, {origin, model}: ImportDefaults): Fields {
  return {
    ...known,
    ...(origin && {origin}),
    ...(model && {llm_model: model}),
    ...(value === undefined ? {} : fieldsOf(value, 'metadata')),
  }
}
