import {
  badDataError,
  usageError,
  type Exporter,
  type ExportQuery,
  type ExportReader,
  type ExportRecord,
  type JsonSchemaDocument,
  type Store,
  joined,
} from '@ep23/sdk'
import {
  digestKind,
  storedReader,
  reviewKind,
  type Digest,
  type DocumentKind,
  type ReviewReport,
  type StoredEntry,
} from '@ep23/plugin-dataset'
import type {DocumentValidators, Problem} from '@ep23/plugin-dataset/entities'

import type {RegisteredExporter} from '../domain/export-request.js'
import {SCHEMAS} from './committed-schema.js'
import {message} from '../words/words.js'

interface DocumentExport<T> {
  name: 'digests' | 'review_reports'
  summary: string
  kind: DocumentKind<T>
  validate: (validators: DocumentValidators) => (document: unknown) => Problem[]
  toRecord: () => Promise<(document: T) => ExportRecord>
}

const DIGESTS: DocumentExport<Digest> = {
  name: 'digests',
  summary: 'Daily digests of channels: source texts and summary.',
  kind: digestKind,
  validate: ({digest}) => digest,
  toRecord: async () => (await import('../domain/to-record.js')).toDigestRecord,
}

const REVIEWS: DocumentExport<ReviewReport> = {
  name: 'review_reports',
  summary: 'Review reports of digests: passes and synthesis.',
  kind: reviewKind,
  validate: ({reviewReport}) => reviewReport,
  toRecord: async () => (await import('../domain/to-record.js')).toReviewRecord,
}

/** Daily digests: the posts' texts as the source, the digest as the summary. */
export const digestsExporter = documentExporter(DIGESTS)
/** Review reports: their passes as the source, the synthesis as the summary. */
export const reviewReportsExporter = documentExporter(REVIEWS)

/**
 * The exporter with its records in the form of the team's own exporter, for the layout `team`.
 * @throws Ep23Error USAGE (64) for an exporter that the team does not have
 */
export function inLayout(layout: string, registration: RegisteredExporter): RegisteredExporter {
  if (layout !== 'team') return registration
  const exporter = registration.kind === 'store' ? teamExporter(registration.name) : undefined
  if (registration.kind === 'store' && exporter) return {...registration, exporter}
  throw usageError(message('noTeamLayout', {name: registration.name}), [
    message('layoutTeamFor', {digests: DIGESTS.name, reviews: REVIEWS.name}),
  ])
}

function teamExporter(name: string): Exporter | undefined {
  const loaded = async () => import('../domain/to-record.js')
  if (name === DIGESTS.name)
    return documentExporter({...DIGESTS, toRecord: async () => (await loaded()).toTeamDigestRecord})
  if (name === REVIEWS.name)
    return documentExporter({...REVIEWS, toRecord: async () => (await loaded()).toTeamReviewRecord})
  return undefined
}

export const builtInExporters: readonly Exporter[] = [digestsExporter, reviewReportsExporter]

/** Stored documents of one kind, own ones and the team's, as records. */
function documentExporter<T>({name, summary, kind, validate, toRecord}: DocumentExport<T>): Exporter {
  const reader = (store: Store, asked: ExportQuery): ExportReader => {
    const stored = storedReader(store, kind, asked)
    const load = () => Promise.all([import('@ep23/plugin-dataset/entities'), toRecord()])
    return {
      count: query => stored.count(query),
      prefetch() {
        stored.prefetch()
        // What fails to load here fails again where it is waited for.
        void load().catch(() => undefined)
      },
      close: () => stored.close(),
      async *records(query) {
        const [{documentValidators}, record] = await load()
        const problemsOf = validate(documentValidators())
        for await (const entry of stored.documents(query)) {
          const {document, problems} = entry
          assertValid(kind, entry, problems.length > 0 ? problems : problemsOf(document))
          yield record(document)
        }
      },
    }
  }
  return {
    name,
    summary,
    schemaSnapshot: new URL(`${name}.schema.json`, SCHEMAS),
    schema: async (): Promise<JsonSchemaDocument> => (await import('./record-schemas.js')).recordSchemas()[name],
    count: (store, query) => reader(store, query).count(query),
    records: (store, query) => reader(store, query).records(query),
    reader,
  }
}

function assertValid<T>(
  {collection, idOf}: DocumentKind<T>,
  {document, isTeam}: StoredEntry<T>,
  [first, ...others]: readonly Problem[],
): void {
  if (!first) return
  const what = joined([`${collection} ${idOf(document)}: ${first.pointer}`, first.message], ' ')
  throw badDataError(
    'EXPORT_BAD_DOCUMENT',
    others.length > 0 ? message('andOthers', {what, more: others.length}) : what,
    [isTeam ? message('teamDocument') : message('correctDocument')],
  )
}
