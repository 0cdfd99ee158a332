import type {Message} from '@ep23/sdk'

/** A record of a source that cannot be used, with its place and the reason. */
export interface InvalidRecord {
  file: string
  /** Line in the file, from 1. */
  line?: number
  /** Number of the record in its file (array element, message of a chat, data row), from 1. */
  record?: number
  reason: Message
  /** How the record begins in the file: at most 2,000 characters, empty when it is not to be shown. */
  raw: string
}

/** One record of a file of ready documents. */
export interface IncomingDocument {
  /** Parsed: plain values, dates of Extended JSON, BigInts where a number cannot hold an integer. */
  value: unknown
  /** Why it could not even be read. */
  problem?: Message
  /** Refuses it: throws, or puts it into quarantine. */
  reject: (reason: Message) => void
}
