import type {Clock, Logger, MetricHandles, Progress, RunIdentity, Store} from '@ep23/sdk'

import type {Summarizer} from '../../domain/summarizer.js'
import type {SourcePost} from '../../domain/source-post.js'
import type {datasetMetrics} from '../../metrics.js'

/** Streams a source's posts in batches; bad records are thrown or put aside, as the command decided. */
export type ReadPosts = (source: string) => AsyncIterable<readonly SourcePost[]>

/** What the seed use case works with; the command puts it together. */
export interface SeedDeps {
  store: Store
  progress: Progress
  metrics: MetricHandles<typeof datasetMetrics>
  logger: Logger
  clock: Clock
  signal: AbortSignal
  run: RunIdentity
  version: string
  readPosts: ReadPosts
  summarizer: Summarizer
  /** Folder of the day's evidence files. */
  snapshotDir: string
}
