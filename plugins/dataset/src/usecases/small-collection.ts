import {findAmong, tallyOf} from '@ep23/sdk'

import type {Fields} from '../domain/team-fields.js'
import type {RawCollection} from './stored-query.js'

/** What is held at once; larger collections are streamed. */
const MOST_DOCUMENTS = 2000
/** UTF-16 units of all texts together. */
const MOST_TEXT = 8_000_000

/**
 * The documents of a collection, held in memory when they are few: counts and documents in order then cost the store no further
 * question. A server may go through all of its documents for each (FerretDB always does).
 * @param isWanted false ends the reading
 * @returns undefined for a collection that is too large
 */
export async function heldIfSmall(
  collection: RawCollection,
  isWanted: () => boolean,
): Promise<RawCollection | undefined> {
  const held: Fields[] = []
  let length = 0
  for await (const document of collection.find({}, {limit: MOST_DOCUMENTS + 1})) {
    held.push(document)
    length += textLength(document)
    if (held.length > MOST_DOCUMENTS || length > MOST_TEXT || !isWanted()) return undefined
  }
  return {
    async *find(filter, options) {
      yield* findAmong(held, filter, options)
    },
    tally: async (filter, fields) => tallyOf(held, filter, fields),
  }
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let length = 0
  for (const part of Object.values(value)) length += textLength(part)
  return length
}
