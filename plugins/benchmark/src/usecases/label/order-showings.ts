import type {Random} from '@ep23/statistics'

import type {Showing} from '../../domain/label/label-plan.js'
import {shuffled} from './draw-items.js'

/** An item as far as its place in a rater's order goes. */
export interface Orderable {
  item: string
  warm_up: boolean
  /** Of its texts; one, or two for a pair. */
  writers: readonly string[]
}

const REPEATED = 0.1
/** So far away that nobody remembers what they said. */
export const REPEAT_DISTANCE = 20

/**
 * A rater's order: the warm-up, then all others as the dice fall; a tenth of those comes again, pairs the other way round. Of a pair that
 * writer stands first that stood first less often.
 */
export function orderShowings(items: readonly Orderable[], random: Random): Showing[] {
  const [warm, cold] = [items.filter(({warm_up}) => warm_up), items.filter(({warm_up}) => !warm_up)]
  const order = [...warm, ...shuffled([...cold.keys()], random).flatMap(place => cold[place] ?? [])]
  const firsts = new Map<string, number>()
  const showings = order.map(({item, writers}): Showing => ({item, pass: 1, first: nextFirst(writers, firsts, random)}))
  return withRepeats(showings, warm.length, random)
}

function nextFirst(writers: readonly string[], firsts: Map<string, number>, random: Random): 0 | 1 {
  const [one, two] = writers
  if (one === undefined || two === undefined) return 0
  const lead = (firsts.get(one) ?? 0) - (firsts.get(two) ?? 0)
  const first = lead === 0 ? random.below(2) : lead > 0 ? 1 : 0
  const shown = first === 1 ? two : one
  firsts.set(shown, (firsts.get(shown) ?? 0) + 1)
  return first === 1 ? 1 : 0
}

function withRepeats(showings: readonly Showing[], warm: number, random: Random): Showing[] {
  const latest = showings.length - REPEAT_DISTANCE
  const early = Array.from({length: Math.max(0, latest + 1 - warm)}, (_, i) => warm + i)
  const wanted = Math.round(REPEATED * (showings.length - warm))
  const inserted = shuffled(early, random)
    .slice(0, wanted)
    .map(place => ({place, at: place + REPEAT_DISTANCE + random.below(latest - place + 1)}))
  // From the back, so that what is put in further on moves nothing.
  const result = [...showings]
  for (const {place, at} of inserted.toSorted((a, b) => b.at - a.at)) {
    const repeated = showings[place]
    if (repeated) result.splice(at, 0, {...repeated, pass: 2, first: repeated.first === 1 ? 0 : 1})
  }
  return result
}
