/** Where a document comes from. Synthetic ones always say so; `team` ones were written by others, ep23 only reads them. */
export const ORIGINS = ['telegram', 'synthetic', 'team'] as const
export type Origin = (typeof ORIGINS)[number]

/** How many documents there are of each origin; means never mix them. */
export type OriginCounts = Record<Origin, number>

export function noOrigins(): OriginCounts {
  return {telegram: 0, synthetic: 0, team: 0}
}

/** Kinds of writers in the order of their worth; a team's document and a person's are worth the same. */
export const WRITER_KINDS = ['synthetic', 'extractive', 'model', 'team', 'person'] as const
export type WriterKind = (typeof WRITER_KINDS)[number]

/** A document's natural key: the team's ids are in forms of its own, but have no blanks. */
export const DOCUMENT_ID = /^\S{1,128}$/u
/** The key of a document that ep23 made: one a channel and day. */
export const DAILY_ID = /^@[a-z0-9_]{4,32}:\d{4}-\d{2}-\d{2}$/u

/** A language tag (BCP 47): `ru`, `en`, `sr-Cyrl`. */
export const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u
