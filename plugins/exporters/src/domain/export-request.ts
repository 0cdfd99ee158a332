import type {ExportQuery} from '@ep23/sdk'

import type {Compression, Format, QueryFacts} from './manifest/manifest.js'
import type {RegisteredExporter} from './registered-exporter.js'

/** What is wanted, for exporters and for people. */
export interface ResolvedQuery {
  query: ExportQuery
  facts: QueryFacts
}

/** How records lie in files. */
export interface Layout {
  format: Format
  compression: Compression
  /** Largest part in bytes. */
  split?: number | undefined
}

export interface ExportRequest {
  registration: RegisteredExporter
  resolved: ResolvedQuery
  layout: Layout
  /** File name without endings. */
  stem: string
}
