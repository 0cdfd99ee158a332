import type {Score} from '@ep23/sdk'

import type {IntervalFacts} from './interval-facts.js'
import type {SampleOrigin} from './sample-line.js'

// What the pages of `ep23 view` and of `benchmark:report` are told, live, exported and in one file. Every answer has a key: `runs`, `run/<id>`, `run/<id>/page/<n>`,
// `run/<id>/sample/<n>`, `day/<sample id>`, `days` (all sample ids), `trend`, `matrix`.

/** Judgements of one instrument can be put on one line; those of two cannot. */
export interface Instrument {
  scenario: string
  judge: string
  model: string | null
  signature: string
  prompt: string | null
  scale: string
}

/** A run in the list. */
export interface RunHead {
  run_id: string
  title: string
  instrument: Instrument
  /** Who wrote the digests: a model each, most first. */
  writers: readonly string[]
  /** They wrote for this run; without, the digests came with the dataset. */
  anew: boolean
  verdict: string
  /** The first score of the scenario, over live samples where there are any. */
  headline: {score: string; origin: SampleOrigin; mean: IntervalFacts} | null
  samples: number
  channels: number
  first_day: string | null
  last_day: string | null
  dataset_root: string
  /** Of judging and writing; null where a price is not known. */
  cost: number | null
  finished_at: string
  /** Ended early, limited, or scored from what was stored: its means are of a part. */
  partial: 'stopped_early' | 'limited' | 'dry_run' | null
}

/** A folder that is no finished run. */
export interface OtherRun {
  run_id: string
  /** Null: going on, or stopped. */
  problem: string | null
}

export interface RunIndex {
  /** The newest first. */
  runs: readonly RunHead[]
  others: readonly OtherRun[]
  baselines: readonly {name: string; run_id: string}[]
  /** Folders that the viewer has not looked at yet: their runs come. */
  reading: number
}

export const SAMPLES_A_PAGE = 200

export interface SampleSummary {
  /** Its place in the run, from 0. */
  index: number
  sample_id: string
  channel: string
  day: string
  origin: SampleOrigin
  scores: readonly (number | null)[]
  /** Those of the run that this one is compared with; absent where it has none. */
  before?: readonly (number | null)[]
  latency: number | null
  /** The first 120 characters of the digest without its headings. */
  beginning: string
}

export interface SamplePage {
  scores: readonly string[]
  samples: readonly SampleSummary[]
}

/** A place in a text: [start, end) in UTF-16 units. */
export type Place = readonly [start: number, end: number]

/** A post as the store has it. */
export interface KeptPost {
  post_id: string
  title?: string | undefined
  text: string
  url?: string | undefined
  published_at: Date | string
}

/** A post with its borders in the source. */
export interface ViewPost {
  post_id: string
  url: string | null
  published_at: string
  /** In the source. */
  place: Place
}

export interface ViewBullet {
  /** In the summary. */
  place: Place
  /** Index of the post that its link names; null for a link to a post that is not of this day, undefined without any link. */
  post?: number | null
}

export interface FactView {
  text: string
  /** Where the summary states it. */
  place: Place
  supported: boolean
}

export interface SampleView {
  run_id: string
  sample_id: string
  channel: string
  day: string
  origin: SampleOrigin
  writer: string
  /** Written for this run. */
  anew: boolean
  source: string
  summary: string
  /** Null when nobody kept where one post ends: records of a file, or digests that were removed since. */
  posts: readonly ViewPost[] | null
  /** Of the summary, [start, end) each: what a comparison of two digests holds together. */
  tokens: readonly Place[]
  bullets: readonly ViewBullet[]
  /** [start, end) in the summary, [start, end) in the source: what both say word for word. */
  fragments: readonly (readonly [number, number, number, number])[]
  /** The other answers that were written for the run, with what they share with the source. */
  others: readonly Pick<SampleView, 'writer' | 'summary' | 'fragments'>[]
  /** Numbers, dates and names that the summary states. */
  facts: readonly FactView[]
  /** What the source says most and the summary does not, by passage. */
  missing: readonly {text: string; place: Place}[]
  judgements: readonly ViewJudgement[]
  truncated: number
}

export interface ViewJudgement {
  answer: number
  repeat: number
  scores: Readonly<Record<string, Score>>
  /** Quotes of the judge that stand in the source. */
  evidence: readonly Place[]
  /** In the judge's own words, by score. */
  reasons: Readonly<Record<string, string>>
  /** Of a judge that held each statement against the posts; null for others. */
  claims: ClaimsView | null
}

export interface ClaimsView {
  /** In the order of the summary; `quote` in the source, and the post that it stands in, where the borders of posts are known. */
  statements: readonly {
    text: string
    place: Place
    verdict: 'supported' | 'contradicted' | 'absent' | 'unproven'
    quote: Place | null
    post: number | null
  }[]
  /** Main news of the posts that the judge quoted. */
  news: readonly {text: string; place: Place; post: number | null; told: boolean}[]
}

/** Who judged one day's digest; its texts are `run/<id>/sample/<index>`. */
export interface DayView {
  sample_id: string
  digests: readonly {
    run_id: string
    index: number
    writer: string
    anew: boolean
    judge: string
    scores: readonly (number | null)[]
    names: readonly string[]
  }[]
}
