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
}

/** One score by one instrument; days without a measurement have no point. */
export interface TrendSeries {
  instrument: Instrument
  score: string
  origin: SampleOrigin
  points: readonly TrendPoint[]
  /** Bands of days in which the level changed. */
  changes: readonly {from: string; to: string}[]
  /** Days from which another writer wrote. */
  writers: readonly {day: string; writer: string}[]
}

export interface Trend {
  scores: readonly string[]
  channels: readonly string[]
  series: readonly TrendSeries[]
}

/** A writer by a judge: the newest whole run that has both. */
export interface MatrixCell {
  score: string
  origin: SampleOrigin
  writer: string
  /** Its model or name, with its prompt. */
  judge: string
  mean: number
  low: number | null
  high: number | null
  samples: number
  run_id: string
  /** Against the best writer of its column, p by Holm over the whole matrix. */
  standing: 'best' | 'worse' | 'same'
  p_holm: number | null
}

export interface WriterMatrix {
  scores: readonly string[]
  cells: readonly MatrixCell[]
}
