export const PAIR_ANSWERS = ['first', 'second', 'tie', 'both_bad'] as const
export type PairAnswer = (typeof PAIR_ANSWERS)[number]

export const CLAIM_ANSWERS = ['right', 'wrong', 'unsupported'] as const
export type ClaimAnswer = (typeof CLAIM_ANSWERS)[number]

/** What a key says about the item that is shown. */
export type LabelAnswer =
  | {kind: 'send'; value: boolean}
  | {kind: 'reason'; text: string}
  /** 1 … 5; 0 for "cannot judge", which is missing and not a middle. */
  | {kind: 'score'; score: string; value: number}
  /** `first` is the text that was shown first, whichever it was. */
  | {kind: 'pair'; value: PairAnswer}
  | {kind: 'claim'; bullet: number; value: ClaimAnswer}
  /** Number of important news that the text left out. */
  | {kind: 'missing'; value: number}
  | {kind: 'skip'}

/** A line of a rater's file, in the order in which keys were pressed. */
export type LabelEvent = (LabelAnswer | {kind: 'undo'}) & {
  at: string
  item: string
  pass: 1 | 2
  /** Text shown first. */
  order: 0 | 1
  /** Since the question was shown. */
  ms: number
  /** First characters of the rubric's SHA-256. */
  rubric: string
}

/** The events that still hold: each undo takes back the last one that does. */
export function standing<E extends {kind: string}>(events: readonly E[]): E[] {
  const held: E[] = []
  for (const event of events) {
    if (event.kind === 'undo') held.pop()
    else held.push(event)
  }
  return held
}
