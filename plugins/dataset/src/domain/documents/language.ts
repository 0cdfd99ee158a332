/** A language tag (BCP 47): `ru`, `en`, `sr-Cyrl`. */
export const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u
