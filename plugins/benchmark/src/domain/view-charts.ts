import type {SampleOrigin} from './sample-line.js'
import type {Instrument} from './view-data.js'

// What the charts and tables over several runs are told: keys `trend` and `matrix`.

export interface TrendPoint {
  day: string
  mean: number
  low: number | null
  high: number | null
  channels: number
  run_id: string
  writer: string
  partial: boolean
  /** The mean had every day as long posts as its channel has on average; null where that cannot be told. */
  adjusted: number | null
}

/** One score by one instrument; days without a measurement have no point. */
export interface TrendSeries {
  instrument: Instrument
  score: string
  origin: SampleOrigin
  /** Of digests that were written for runs: another text, although its writer may bear the name of the dataset's. */
  anew: boolean
  points: readonly TrendPoint[]
  /** Bands of days in which the level changed. */
  changes: readonly {from: string; to: string}[]
  /** Days from which another writer wrote. */
  writers: readonly {day: string; writer: string}[]
  /** Days from which another judge or prompt judged, and those up to which a baseline speaks. */
  marks: readonly TrendMark[]
}

export interface TrendMark {
  day: string
  kind: 'judge' | 'prompt' | 'baseline'
  name: string
}

export interface Trend {
  scores: readonly string[]
  channels: readonly string[]
  series: readonly TrendSeries[]
}

/**
 * How a writer stands against the best one of its column, on the digests that both wrote. `uncompared`: there is no other, or the two
 * share no digests of two channels; `same`: they cannot be told apart, or lead each other in a circle, each two on other digests.
 */
export type Standing = 'best' | 'worse' | 'same' | 'uncompared'

/** A writer by a judge: the newest whole run that has both. */
export interface MatrixCell {
  score: string
  origin: SampleOrigin
  writer: string
  /** Written for the run, and not what came with the dataset. */
  anew: boolean
  /** Its model or name, with its prompt, and the scenario where there are several. */
  judge: string
  mean: number
  low: number | null
  high: number | null
  samples: number
  /** Digests that it and the best one both wrote, on which they are compared; null for the best one. */
  shared: number | null
  run_id: string
  standing: Standing
  /** By Holm over the whole matrix; null where nothing was compared. */
  p_holm: number | null
}

export interface WriterMatrix {
  scores: readonly string[]
  cells: readonly MatrixCell[]
}
