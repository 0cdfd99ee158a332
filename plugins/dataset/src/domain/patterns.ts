/** A document's natural key: the team's ids are in forms of its own, but have no blanks. */
export const DOCUMENT_ID = /^\S{1,128}$/u
/** The key of a document that ep23 made: one a channel and day. */
export const DAILY_ID = /^@[a-z0-9_]{4,32}:\d{4}-\d{2}-\d{2}$/u

/** A language tag (BCP 47): `ru`, `en`, `sr-Cyrl`. */
export const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u
