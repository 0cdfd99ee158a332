/** Kinds of writers in the order of their worth; a team's document and a person's are worth the same. */
export const WRITER_KINDS = ['synthetic', 'extractive', 'model', 'team', 'person'] as const
export type WriterKind = (typeof WRITER_KINDS)[number]
