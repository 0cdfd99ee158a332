/** One record of a file of ready documents. */
export interface IncomingDocument {
  /** Parsed: plain values, dates of Extended JSON, BigInts where a number cannot hold an integer. */
  value: unknown
  /** Why it could not even be read. */
  problem?: string
  /** Refuses it: throws, or puts it into quarantine. */
  reject: (reason: string) => void
}
