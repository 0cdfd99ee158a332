import type {Filter, FindOptions} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import {channelIn, momentIn, type Fields} from '../domain/team-fields.js'
import {type Ahead, readAhead} from './read-ahead.js'
import {readDocument} from './read-document.js'
import {heldIfSmall} from './small-collection.js'
import {type GroupsIn, groupReader} from './stored-groups.js'
import type {Placed} from './stored-order.js'
import {datedBetween, NO_CHANNEL, type RawCollection, type StoredQuery} from './stored-query.js'

/** Where a reader looks. */
export interface Source<T> {
  collection: RawCollection
  groupsIn: GroupsIn
  /** What is on its way of the whole query. */
  ahead?: Ahead<Placed<T>>
}

export function sourceOf<T>(collection: RawCollection, kind: DocumentKind<T>, asked: StoredQuery): Source<T> {
  return {collection, groupsIn: groupReader(collection, kind, asked)}
}

/** A small collection is read once; of a large one the first documents are looked for while it is counted. */
export async function fetchedSource<T>(
  stored: RawCollection,
  kind: DocumentKind<T>,
  asked: StoredQuery,
  isWanted: () => boolean,
): Promise<Source<T>> {
  const held = await heldIfSmall(stored, isWanted)
  if (held || !isWanted()) return sourceOf(held ?? stored, kind, asked)
  return {...sourceOf(stored, kind, asked), ahead: readAhead(plainStream(stored, kind, asked))}
}

function plainStream<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  query: StoredQuery,
): AsyncGenerator<Placed<T>> {
  const sort = {[kind.channelField]: 1, created_at: 1} as const
  return dated(collection, kind, {filter: {created_at: datedBetween(query)}, sort})
}

/** Documents with a date of the store's own type. */
export async function* dated<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  {filter, sort}: {filter: Filter; sort: NonNullable<FindOptions['sort']>},
): AsyncGenerator<Placed<T>> {
  for await (const fields of collection.find(filter, {sort})) yield placed(kind, fields)
}

export function placed<T>(kind: DocumentKind<T>, fields: Fields): Placed<T> {
  const {created_at: createdAt} = fields
  const time = createdAt instanceof Date ? createdAt.getTime() : (momentIn(createdAt)?.getTime() ?? Number.NaN)
  return {...readDocument(kind, fields), time, channel: channelIn(fields[kind.channelField]) ?? NO_CHANNEL}
}
