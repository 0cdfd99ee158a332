import type {Clock, JsonSchemaDocument, Logger, MetricHandles, Store, Tracer} from '@ep23/sdk'

import type {exportersMetrics} from '../metrics.js'
import type {Layout} from './export-request.js'
import type {Hashing} from './hashing.js'
import type {FileFacts} from './manifest/manifest.js'
import type {RecordSink} from './records/record-sink.js'

/** Files as use cases see them. */
export interface FilePorts {
  hashing: Hashing
  createSink(options: Layout & {folder: string; stem: string; schema: JsonSchemaDocument}): Promise<RecordSink>
  /** Writes a new file and syncs it. */
  writeNew(path: string, text: string): Promise<FileFacts>
  readText(path: string): Promise<string>
  hashFile(path: string): Promise<FileFacts>
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
