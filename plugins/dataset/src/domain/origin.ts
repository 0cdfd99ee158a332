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
