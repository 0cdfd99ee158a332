import type {FileFacts} from './manifest/manifest.js'

/** Where bytes go. Calls do not overlap; a chunk belongs to the target until the next call returns. */
export interface ByteTarget {
  write(chunk: Uint8Array): Promise<void>
  /** Everything has left when it returns. */
  end(): Promise<void>
  /** Gives up: lets go of what is open. */
  abandon(): Promise<void>
}

/** A file that knows its size and hash when it is closed. */
export interface FileTarget extends ByteTarget {
  /** Written so far. */
  readonly bytes: number
  /** Of what was written so far. */
  facts(): FileFacts
}
