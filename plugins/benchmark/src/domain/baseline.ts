import type {RunResult} from './run-result.js'
import type {SampleLine} from './sample-line.js'

export const BASELINES_FOLDER = 'baselines'
export const BASELINE_FORMAT = 1

/** First line of `<datasetDir>/baselines/<name>.jsonl`. */
export interface BaselineHead {
  format_version: typeof BASELINE_FORMAT
  name: string
  blessed_at: string
  /** Why this run is the yardstick, in the user's words. */
  note: string | null
  run: RunResult
  samples: number
  /** Of all following lines with their line feeds. */
  samples_sha256: string
}

/** What a comparison needs of a sample: no texts, no quotes, no answers. One line each. */
export type BaselineSample = Pick<
  SampleLine,
  | 'sample_id'
  | 'channel'
  | 'origin'
  | 'timestamp'
  | 'sample_sha256'
  | 'answer'
  | 'repeat'
  | 'scores'
  | 'latency_seconds'
> & {source_sha256: string | null}

/** Where a run or a baseline may be named, this means the last run. */
export const LATEST = 'latest'

/** `[a-z0-9]`, then also `.`, `_` and `-`, at most 64: a name is a file name on every system; never `latest`. */
export function isBaselineName(name: string): boolean {
  return name !== LATEST && /^[a-z0-9][a-z0-9._-]{0,63}$/u.test(name) && !name.endsWith('.')
}
