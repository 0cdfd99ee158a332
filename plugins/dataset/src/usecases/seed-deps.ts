import type {Clock, Logger, MetricHandles, Progress, RunIdentity, Store} from '@ep23/sdk'

import type {SourcePost, SourceTally} from '../domain/posts.js'
import type {Spool} from '../domain/spool.js'
import type {Summarizer} from '../domain/summarizer.js'
import type {datasetMetrics} from '../metrics.js'
import type {DocumentValidators} from './validate-documents.js'

/** A source's posts in batches, to be gone through once; `tally` counts along what was met. */
export interface PostReading extends AsyncIterable<readonly SourcePost[]> {
  readonly tally: SourceTally
  /** True of a source that forgets its posts, where having none is no mistake as long as another source has some. */
  readonly mayBeEmpty?: boolean
}

/** Reads a source, a path or an address; bad records are thrown or put aside, as the command decided. */
export type ReadPosts = (path: string) => PostReading

/** Makes synthetic posts; the same arguments give the same posts on any machine. */
export interface PostGenerator {
  /** With version and seed, as documents name it. */
  nameOf(seed: number): string
  postsOf(day: {channel: string; day: string; zone: string; seed: number}): SourcePost[]
}

/** Where evidence files go, whole or not at all. */
export interface Evidence {
  folder: string
  write(name: string, content: string | object): Promise<unknown>
}

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
  /** The same for a look ahead: bad records that are put aside are not recorded a second time. */
  scanPosts: ReadPosts
  generator: PostGenerator
  summarizer: Summarizer
  /** Writes the digests of synthetic days. */
  gapSummarizer: Summarizer
  validators: DocumentValidators
  evidence: Evidence
  spool: Spool
  /** The quarantine file once it stands, else null. */
  quarantinePath: () => string | null
}
