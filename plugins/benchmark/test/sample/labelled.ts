import type {LabelAnswer, LabelEvent, PairAnswer} from '#src/domain/label/label-event.js'
import type {LabelMode, LabelPlan} from '#src/domain/label/label-plan.js'
import type {LabelledPlan} from '#src/usecases/label/labels.js'

export const RUBRIC = 'r1'

export interface LabelledChanges {
  mode?: LabelMode
  /** Of each item, its channel and day; each its own unless told. */
  sourceOf?: (item: number) => string
  /** Whose the two texts of an item are. */
  writersOf?: (item: number) => [string, string]
  warmUp?: number
  sampling?: LabelPlan['sampling']
}

export function itemId(index: number): string {
  return `i${String(index + 1).padStart(3, '0')}`
}

/** A plan of so many items, all of them everybody's, with the lines that the raters wrote. */
export function labelledPlan(
  items: number,
  events: Readonly<Record<string, readonly LabelEvent[]>>,
  {
    mode = 'score',
    sourceOf = String,
    writersOf = () => ['w1', 'w2'],
    warmUp = 0,
    sampling = 'uniform',
  }: LabelledChanges = {},
): LabelledPlan {
  const ids = Array.from({length: items}, (_, i) => itemId(i))
  return {
    rubricId: RUBRIC,
    plan: {
      plan_version: 1,
      name: 'plan',
      mode,
      seed: 1,
      sampling,
      pool: 2 * items,
      overlap: 1,
      scores: mode === 'score' ? ['coverage'] : [],
      items: ids.map((item, i) => ({item, sha256: '', probability: 0.5, warm_up: i < warmUp, split: 'dev'})),
      raters: Object.fromEntries(
        Object.keys(events).map(rater => [rater, ids.map(item => ({item, pass: 1 as const, first: 0 as const}))]),
      ),
    },
    key: {
      plan: 'plan',
      runs: {},
      items: Object.fromEntries(
        ids.map((item, i) => {
          const texts = writersOf(i).map(writer => ({run_id: 'run', writer, sample_id: `s${i}`}))
          return [item, {source: sourceOf(i), texts: mode === 'pair' ? texts : texts.slice(0, 1)}]
        }),
      ),
    },
    events: new Map(Object.entries(events)),
  }
}

export function eventOf(item: number, answer: LabelAnswer, changes: Partial<LabelEvent> = {}): LabelEvent {
  const place = {item: itemId(item), pass: 1 as const, order: 0 as const, rubric: RUBRIC}
  return {...answer, at: '2024-12-04T09:00:00.000Z', ms: 1, ...place, ...changes} as LabelEvent
}

/** Scores of coverage, one a place; `*` for none. */
export function coverageOf(scores: string): LabelEvent[] {
  return scores
    .split(' ')
    .flatMap((value, item) =>
      value === '*' ? [] : [eventOf(item, {kind: 'score', score: 'coverage', value: Number(value)})],
    )
}

export function pairsOf(answers: readonly (PairAnswer | undefined)[], order: 0 | 1 = 0): LabelEvent[] {
  return answers.flatMap((value, item) => (value === undefined ? [] : [eventOf(item, {kind: 'pair', value}, {order})]))
}
