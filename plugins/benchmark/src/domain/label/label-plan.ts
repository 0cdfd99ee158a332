export const LABEL_FILES = {
  /** `LabelPlan`. */
  plan: 'plan.json',
  /** `LabelItem`s: all that a session shows, so that no session needs the key or the runs. */
  items: 'items.jsonl',
  /** `Rubric`. */
  rubric: 'rubric.json',
  /** `LabelKey`: which item is whose. Kept away from raters until `reveal`. */
  key: 'key.json',
  /** `Reveal`s. */
  reveals: 'reveals.jsonl',
  /** `HeldOutUse`s. */
  uses: 'uses.jsonl',
} as const

export const LABEL_MODES = ['score', 'pair', 'claims'] as const
export type LabelMode = (typeof LABEL_MODES)[number]

export const SPLITS = ['train', 'dev', 'held_out'] as const
export type Split = (typeof SPLITS)[number]

/** What is labelled; nothing in it says who wrote it. */
export interface PlannedItem {
  item: string
  /** SHA-256 of the item's line in `items.jsonl`. */
  sha256: string
  /** Probability by which it was taken from the pool. */
  probability: number
  /** Talked over together and counted nowhere. */
  warm_up: boolean
  split: Split
}

/** One showing of an item to a rater. */
export interface Showing {
  item: string
  /** 2 for a hidden repeat. */
  pass: 1 | 2
  /** Index of the text that is shown first; 0 where there is one. */
  first: 0 | 1
}

/** `plan.json`: the same seed and runs give the same bytes. */
export interface LabelPlan {
  plan_version: 1
  name: string
  mode: LabelMode
  seed: number
  /** How items were taken: all alike, or more of those that the judge is unsure of. */
  sampling: 'uniform' | 'uncertain'
  /** Items that could have been taken. */
  pool: number
  /** Share of the items that every rater labels. */
  overlap: number
  /** What is scored, from the rubric. */
  scores: readonly string[]
  items: readonly PlannedItem[]
  /** In the order of showing, by rater. */
  raters: Readonly<Record<string, readonly Showing[]>>
}

/** A line of `items.jsonl`. */
export interface LabelItem {
  item: string
  /** Posts of the source, in their order. */
  posts: readonly string[]
  /** One, or two for a pair; without the heading by which a writer could be told. */
  texts: readonly string[]
}

/** One text of an item: where it came from. */
export interface KeyedText {
  run_id: string
  /** Who wrote it, as the run knows. */
  writer: string
  sample_id: string
}

/** `key.json`. */
export interface LabelKey {
  plan: string
  /** By run id: its folder, from the plan's. */
  runs: Readonly<Record<string, string>>
  items: Readonly<Record<string, {source: string; texts: readonly KeyedText[]}>>
}

/** A line of `reveals.jsonl`. */
export interface Reveal {
  at: string
  kind: 'reveal'
}

/** A line of `uses.jsonl`: the held-out labels were looked at. */
export interface HeldOutUse {
  at: string
  /** Signature of the judge that was held against them. */
  judge: string
}
