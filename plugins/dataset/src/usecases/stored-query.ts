import type {Collection, Condition, Filter, Scalar} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import type {Origin} from '../domain/document-values.js'
import {channelIn, type Fields} from '../domain/team-fields.js'

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

export type RawCollection = Collection<Fields>

/** Documents of a channel whose name nobody can read stand under this one, behind no name: they are never lost in silence. */
export const NO_CHANNEL = ''

/** The ways in which a collection writes each wanted channel (`@Habr`, `t.me/habr`), by the channel's one name. */
export async function channelSpellings<T>(
  collection: RawCollection,
  {channelField}: DocumentKind<T>,
  {channels}: StoredQuery,
): Promise<Map<string, Scalar[]>> {
  const spellings = new Map<string, Scalar[]>()
  const written = [...(await collection.countBy({}, channelField)).keys()]
  // Null also finds documents without the field.
  for (const value of [...written, null]) {
    const name = channelIn(value) ?? NO_CHANNEL
    if (channels === undefined || channels.includes(name)) spellings.set(name, [...(spellings.get(name) ?? []), value])
  }
  return spellings
}

/** The part of a query that does not depend on how channel and date are written. */
export async function originAndLanguage<T>(
  collection: RawCollection,
  {originField}: DocumentKind<T>,
  {origin, language}: StoredQuery,
): Promise<Filter> {
  const filter: Record<string, Condition> = {}
  if (origin !== undefined) filter[originField] = {$in: spellingsOf(origin)}
  if (language === undefined) return filter
  // The store cannot match a prefix: the tags in use are few, so they are asked for.
  const tags = [...(await collection.countBy(filter, 'language')).keys()]
  const wanted: Scalar[] = tags.filter(tag => tag === language || tag.startsWith(`${language}-`))
  return {...filter, language: {$in: language === 'ru' ? [...wanted, null] : wanted}}
}

/** Dates as the store's own type between the query's moments. */
export function datedBetween({from, to}: StoredQuery): Condition {
  return {$gte: from ?? new Date('0000-01-01T00:00:00.000Z'), $lt: to ?? new Date('9999-12-31T23:59:59.999Z')}
}

// The team's documents say no origin.
function spellingsOf(origin: string): Scalar[] {
  return origin === ('team' satisfies Origin) ? [origin, null] : [origin]
}
