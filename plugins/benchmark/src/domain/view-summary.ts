import type {SampleOrigin} from './sample-line.js'
import type {RunHead} from './view-data.js'

/** A digest of a run as trends need it: numbers, no texts. */
export interface DigestScores {
  index: number
  sample_id: string
  channel: string
  day: string
  origin: SampleOrigin
  writer: string
  /** Written for this run, and not what came with the dataset: another text by the same name is another writer's. */
  anew: boolean
  /** Characters of the posts: longer days are harder to cover. */
  length: number
  /** In the order of the scenario's scores; means over judgements. */
  scores: readonly (number | null)[]
}

/** What is remembered of a run, so that it need not be read again. */
export interface RunSummary {
  /** Where the run lies. */
  folder: string
  head: RunHead
  scores: readonly string[]
  digests: readonly DigestScores[]
}

export interface ViewLoader {
  /** Changes when a run comes or goes. */
  version(): Promise<string>
  /** Every key that can be asked for, and its answer: what an export holds. */
  entries(): AsyncIterable<readonly [key: string, value: unknown]>
  /** Undefined for a key that nothing is behind. */
  load(key: string): Promise<unknown>
}
