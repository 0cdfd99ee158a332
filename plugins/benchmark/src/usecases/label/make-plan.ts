import {canonicalLine} from '@ep23/plugin-exporters'
import {seededRandom} from '@ep23/statistics'

import type {
  KeyedText,
  LabelItem,
  LabelKey,
  LabelMode,
  LabelPlan,
  PlannedItem,
  Split,
} from '../../domain/label/label-plan.js'
import type {HashText} from '../../domain/sample-line.js'
import {type Drawable, drawPlaces, probabilities, shuffled} from './draw-items.js'
import {orderShowings} from './order-showings.js'

/** What may become an item. */
export interface Candidate extends Drawable {
  /** Channel and day: candidates of one are not independent. */
  source: string
  posts: readonly string[]
  texts: readonly (KeyedText & {text: string})[]
}

export interface PlanOptions {
  name: string
  mode: LabelMode
  seed: number
  size: number
  overlap: number
  warmUp: number
  raters: readonly string[]
  scores: readonly string[]
  sampling: LabelPlan['sampling']
  runs: LabelKey['runs']
}

export interface MadePlan {
  plan: LabelPlan
  key: LabelKey
  items: readonly LabelItem[]
}

/** Draws the items of a plan and each rater's order; the same candidates, options and seed give the same plan. */
export function makePlan(pool: readonly Candidate[], options: PlanOptions, hash: HashText): MadePlan {
  const {name, mode, seed, raters, runs, sampling, overlap, scores} = options
  const randomOf = (purpose: string) => seededRandom(Number.parseInt(hash(`${seed} ${purpose}`).slice(0, 13), 16))
  const chances = probabilities(pool, options.size, sampling)
  const drawn = drawPlaces(chances, randomOf('items'))
  const sides = randomOf('sides')
  const taken = drawn.map((place, index) => {
    const {source, posts, texts} = pool[place] as Candidate
    // Which side of an item a writer stands on must not be the same for all.
    const own = shuffled([...texts.keys()], sides).flatMap(side => texts[side] ?? [])
    const item: LabelItem = {item: `i${String(index + 1).padStart(3, '0')}`, posts, texts: own.map(({text}) => text)}
    const planned: PlannedItem = {
      item: item.item,
      sha256: hash(canonicalLine(item)),
      probability: chances[place] ?? 0,
      warm_up: index < options.warmUp,
      split: splitOf(source, seed, hash),
    }
    return {item, planned, source, texts: own.map(({text: _text, ...keyed}) => keyed)}
  })
  const dealt = deal(taken, raters, overlap)
  return {
    plan: {
      plan_version: 1,
      name,
      mode,
      seed,
      sampling,
      pool: pool.length,
      overlap,
      scores: mode === 'score' ? scores : [],
      items: taken.map(({planned}) => planned),
      raters: Object.fromEntries(
        raters.map((rater, r) => {
          const own = (dealt[r] ?? []).map(({planned, texts}) => ({
            item: planned.item,
            warm_up: planned.warm_up,
            writers: texts.map(({writer}) => writer),
          }))
          return [rater, orderShowings(own, randomOf(`order of ${rater}`))]
        }),
      ),
    },
    key: {
      plan: name,
      runs,
      items: Object.fromEntries(taken.map(({item, source, texts}) => [item.item, {source, texts}])),
    },
    items: taken.map(({item}) => item),
  }
}

/** The warm-up and the shared part go to everybody, the rest to one after the other. */
function deal<T extends {planned: PlannedItem}>(
  taken: readonly T[],
  raters: readonly string[],
  overlap: number,
): T[][] {
  const warm = taken.filter(({planned}) => planned.warm_up)
  const cold = taken.filter(({planned}) => !planned.warm_up)
  const shared = Math.round(overlap * cold.length)
  return raters.map((_, r) => [
    ...warm,
    ...cold.slice(0, shared),
    ...cold.slice(shared).filter((_item, i) => i % raters.length === r),
  ])
}

const TRAIN = 0.15
const DEV = 0.4

/** Sources stay together: a split that shares posts is none. */
function splitOf(source: string, seed: number, hash: HashText): Split {
  const share = Number.parseInt(hash(`${seed} split ${source}`).slice(0, 8), 16) / 2 ** 32
  if (share < TRAIN) return 'train'
  return share < TRAIN + DEV ? 'dev' : 'held_out'
}
