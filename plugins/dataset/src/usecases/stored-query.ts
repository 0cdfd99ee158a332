import type {Collection, Condition} from '@ep23/sdk'

import type {Fields} from '../domain/team-fields.js'

/** Which stored documents are wanted; what is absent does not narrow. */
export interface StoredQuery {
  /** Created at this moment or later. */
  from?: Date
  /** Created before this moment. */
  to?: Date
  /** In their one form, `@name`. */
  channels?: readonly string[]
  origin?: string
  /** Primary subtag: `ru` also takes `ru-RU`. */
  language?: string
}

export type RawCollection = Pick<Collection<Fields>, 'find' | 'tally'>

/** Documents of a channel whose name nobody can read stand under this one, behind no name: they are never lost in silence. */
export const NO_CHANNEL = ''

/** Every date a document can have lies after it. */
export const BEGINNING_OF_TIME = Date.parse('0000-01-01T00:00:00.000Z')

/** Dates as the store's own type between the query's moments. */
export function datedBetween({from, to}: StoredQuery): Condition {
  return {$gte: from ?? new Date(BEGINNING_OF_TIME), $lt: to ?? new Date('9999-12-31T23:59:59.999Z')}
}
