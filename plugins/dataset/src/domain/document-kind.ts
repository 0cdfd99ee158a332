import {teamDigest, type TeamDocument, teamReview} from './team-documents.js'
import type {Fields} from './team-fields.js'
import type {Digest, Post} from './digest.js'
import type {Origin} from './document-values.js'
import type {Provenance} from './provenance.js'
import type {ReviewReport} from './review-report.js'

/** What differs between the two kinds of documents: where they lie and under which names they keep the same things. */
export interface DocumentKind<T> {
  collection: string
  /** How messages name it, in the plural. */
  title: string
  key: keyof T & string
  channelField: keyof T & string
  originField: string
  idOf: (document: T) => string
  channelOf: (document: T) => string
  originOf: (document: T) => Origin
  metadataOf: (document: T) => Provenance
  createdAt: (document: T) => Date
  /** What the text was made from: posts of a digest, nothing that could be counted of a review. */
  postsOf: (document: T) => readonly Post[]
  /** A document of the team's as this kind. */
  fromTeam: (fields: Fields) => TeamDocument<T>
}

export const digestKind: DocumentKind<Digest> = {
  collection: 'digests',
  title: 'digests',
  key: 'digest_id',
  channelField: 'channel',
  originField: 'metadata.origin',
  idOf: ({digest_id}) => digest_id,
  channelOf: ({channel}) => channel,
  originOf: ({metadata}) => metadata.origin,
  metadataOf: ({metadata}) => metadata,
  createdAt: ({created_at}) => created_at,
  postsOf: ({posts}) => posts,
  fromTeam: teamDigest,
}

export const reviewKind: DocumentKind<ReviewReport> = {
  collection: 'review_reports',
  title: 'review reports',
  key: 'report_id',
  channelField: 'assignment_id',
  originField: 'report.metadata.origin',
  idOf: ({report_id}) => report_id,
  channelOf: ({assignment_id}) => assignment_id,
  originOf: ({report}) => report.metadata.origin,
  metadataOf: ({report}) => report.metadata,
  createdAt: ({created_at}) => created_at,
  postsOf: () => [],
  fromTeam: teamReview,
}
