import type {Clock, JsonSchemaDocument, Logger, MetricHandles, Store, Tracer, ExportRecord} from '@ep23/sdk'

import type {exportersMetrics} from '../metrics.js'
import type {Layout} from './export-request.js'
import type {FileFacts, RecordFile} from './manifest.js'

/** Files as use cases see them. */
export interface FilePorts {
  hashing: Hashing
  createSink(options: Layout & {folder: string; stem: string; schema: JsonSchemaDocument}): Promise<RecordSink>
  /** Writes a new file and syncs it. */
  writeNew(path: string, text: string): Promise<FileFacts>
  readText(path: string): Promise<string>
  hashFile(path: string): Promise<FileFacts>
  /** Whether a file stands there that is not empty. */
  hasContent(path: string): Promise<boolean>
  /** Lines of a file of records, in batches, whatever its format and compression; Parquet rows as canonical lines. */
  readLines(path: string): AsyncIterable<Buffer[]>
}

/** What the host gives and exports are recorded with. */
export interface RunPorts {
  store: Store
  tracer: Tracer
  logger: Logger
  clock: Clock
  signal: AbortSignal
  metrics: MetricHandles<typeof exportersMetrics>
}

/** Counts records as they pass. */
export type Advance = (records: number, total?: number) => void

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

/** SHA-256 in the forms that evidence needs; hashes are lower-case hex. */
export interface Hashing {
  /** Of bytes, or of a text's UTF-8 bytes. */
  sha256: (data: Uint8Array | string) => string
  /** A Merkle tree's leaf (RFC 6962): SHA-256(0x00 ‖ entry). */
  leafHash: (entry: Uint8Array) => string
  growing: () => GrowingHash
}

/** A SHA-256 that grows with its input. */
export interface GrowingHash {
  update(data: Uint8Array): void
  /** Of the input so far. */
  hex(): string
}

/** A set of files on its way: they appear together or not at all. */
export interface Staging {
  /** Files are written here, under their final names; same file system as the destination. */
  readonly folder: string
  /** Puts all files in place as one: a reader finds the old set or the new one, also after a kill at any moment. */
  publish(): Promise<void>
  discard(): Promise<void>
}

export interface StagedSet {
  /** Destination folder. */
  folder: string
  /** Names the set: one set is published at a time. */
  label: string
}

export type OpenStaging = (set: StagedSet) => Promise<Staging>

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
