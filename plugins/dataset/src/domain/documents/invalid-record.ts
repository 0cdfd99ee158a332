/** A record of a source that cannot be used, with its place and the reason. */
export interface InvalidRecord {
  file: string
  /** Line in the file, from 1. */
  line?: number
  /** Number of the record in its file (array element, message of a chat, data row), from 1. */
  record?: number
  reason: string
  /** How the record begins in the file: at most 2,000 characters, empty when it is not to be shown. */
  raw: string
}
