import {badDataError, collectionExporter, type Exporter} from '@ep23/sdk'
import type {Digest, ReviewReport} from '@ep23/plugin-dataset'
import type {Problem} from '@ep23/plugin-dataset/entities'

/** Committed schemas of the records, part of the package. */
const SCHEMAS = new URL('../../../schemas/records/', import.meta.url)

/** Daily digests: the posts' texts as the source, the digest as the summary. */
export const digestsExporter: Exporter = collectionExporter<Digest>({
  name: 'digests',
  summary: 'Daily digests of channels: source texts and summary.',
  collection: 'digests',
  fields: {
    id: 'digest_id',
    channel: 'channel',
    created_at: 'created_at',
    language: 'language',
    origin: 'metadata.origin',
  },
  schema: async () => (await import('../schemas/record-schemas.js')).recordSchemas().digests,
  schemaSnapshot: new URL('digests.schema.json', SCHEMAS),
  async prepare() {
    const [{documentValidators}, {toDigestRecord}] = await Promise.all([
      import('@ep23/plugin-dataset/entities'),
      import('../../domain/records/to-record.js'),
    ])
    const {digest: problemsOf} = documentValidators()
    return digest => {
      refuseProblems('digests', digest.digest_id, problemsOf(digest))
      return toDigestRecord(digest)
    }
  },
})

/** Review reports: their passes as the source, the synthesis as the summary. */
export const reviewReportsExporter: Exporter = collectionExporter<ReviewReport>({
  name: 'review_reports',
  summary: 'Review reports of digests: passes and synthesis.',
  collection: 'review_reports',
  fields: {
    id: 'report_id',
    channel: 'assignment_id',
    created_at: 'created_at',
    language: 'language',
    origin: 'report.metadata.origin',
  },
  schema: async () => (await import('../schemas/record-schemas.js')).recordSchemas().review_reports,
  schemaSnapshot: new URL('review_reports.schema.json', SCHEMAS),
  async prepare() {
    const [{documentValidators}, {toReviewRecord}] = await Promise.all([
      import('@ep23/plugin-dataset/entities'),
      import('../../domain/records/to-record.js'),
    ])
    const {reviewReport: problemsOf} = documentValidators()
    return report => {
      refuseProblems('review_reports', report.report_id, problemsOf(report))
      return toReviewRecord(report)
    }
  },
})

export const builtInExporters: readonly Exporter[] = [digestsExporter, reviewReportsExporter]

function refuseProblems(collection: string, id: string, [first, ...others]: Problem[]): void {
  if (!first) return
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw badDataError('EXPORT_BAD_DOCUMENT', `${collection} ${id}: ${first.pointer} ${first.message}${more}`, [
    'mend or remove the document; ep23 dataset:audit lists all of them',
  ])
}
