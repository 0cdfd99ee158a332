import type {ExportRecord} from '@ep23/sdk'

import type {RecordFile} from '../manifest/manifest.js'

/** Where an export's records go: one file, several parts, a pipe. */
export interface RecordSink {
  /**
   * @param line the record's canonical line, UTF-8, with its line feed; the caller's again when the call, or the promise it
   * returns, is done
   * @returns a promise when the caller is to wait
   */
  write(record: ExportRecord, line: Uint8Array): Promise<void> | undefined
  /** What was written, when all of it is safe. */
  close(): Promise<RecordFile[]>
  /** After a failure: lets go of what is open. Files may be half-written; their folder is thrown away. */
  abandon(): Promise<void>
}
