import {compareValues, type Filter, type FindOptions, type Scalar, type Store} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import {channelIn, momentIn, type Fields} from '../domain/team-fields.js'
import {readDocument, type StoredEntry} from './read-document.js'
import {
  channelSpellings,
  datedBetween,
  NO_CHANNEL,
  originAndLanguage,
  type RawCollection,
  type StoredQuery,
} from './stored-query.js'

interface Placed<T> extends StoredEntry<T> {
  /** Milliseconds; NaN for a document without a usable date. */
  time: number
  channel: string
}

/** Every date a document can have lies after it. */
const BEGINNING_OF_TIME = Date.parse('0000-01-01T00:00:00.000Z')

/**
 * Every wanted document of the store, the team's own through their mapping, in ascending order of channel, moment and id (by
 * code points). Documents whose date is a BSON date stream; those of older programs, whose date is text, are held in memory.
 * Two documents of the team with one id are told apart: the second one's ends in `~2`.
 * @param onUndated called for each document without a usable date, which no window finds, in whatever window is asked for
 */
export async function* storedDocuments<T>(
  store: Store,
  kind: DocumentKind<T>,
  query: StoredQuery = {},
  onUndated: () => void = () => undefined,
): AsyncGenerator<StoredEntry<T>> {
  const collection = store.collection<Fields>(kind.collection)
  const spellings = await channelSpellings(collection, kind, query)
  const common = await originAndLanguage(collection, kind, query)
  const undated = await documentsWithTextDates(collection, kind, query, {common, onUndated})
  const names = [...new Set([...spellings.keys(), ...undated.map(({channel}) => channel)])].sort(compareValues)
  const isPlain = (name: string): boolean => {
    const [only, ...others] = spellings.get(name) ?? []
    return only === name && others.length === 0 && !undated.some(({channel}) => channel === name)
  }
  for (const group of readTogether(names, isPlain)) {
    const strays = undated.filter(({channel}) => channel === group[0])
    const named = {...common, [kind.channelField]: oneOf(group.flatMap(name => spellings.get(name) ?? []))}
    const byMoment = {created_at: 1} as const
    const stream = dated(collection, kind, {
      filter: {...named, created_at: datedBetween(query)},
      sort: group.length > 1 ? {[kind.channelField]: 1, ...byMoment} : byMoment,
    })
    yield* inOrder(kind, merged(stream, strays))
  }
}

/** Channels in one query: some stores take as long to look for one as for all. */
const TOGETHER = 200

/** Neighbours that are written in their one way can be asked for together: an index over channel and moment has them in order. */
function* readTogether(names: readonly string[], isPlain: (name: string) => boolean): Generator<string[]> {
  let group: string[] = []
  for (const name of names) {
    const goesOn = isPlain(name) && group.length > 0 && group.length < TOGETHER && isPlain(group[0] ?? '')
    if (!goesOn && group.length > 0) yield group
    group = goesOn ? [...group, name] : [name]
  }
  if (group.length > 0) yield group
}

// An equality is what every store is best at.
function oneOf(spellings: readonly Scalar[]): Filter[string] {
  const [only] = spellings
  return only !== undefined && spellings.length === 1 ? only : {$in: [...spellings]}
}

/** How many documents `storedDocuments` gives for the query. */
export async function countStoredDocuments<T>(
  store: Store,
  kind: DocumentKind<T>,
  query: StoredQuery = {},
): Promise<number> {
  const collection = store.collection<Fields>(kind.collection)
  const spellings = [...(await channelSpellings(collection, kind, query)).values()].flat()
  const common = await originAndLanguage(collection, kind, query)
  let count = (await documentsWithTextDates(collection, kind, query, {common})).length
  const filter = {...common, created_at: datedBetween(query)}
  const named = await collection.countBy({...filter, [kind.channelField]: {$in: spellings}}, kind.channelField)
  for (const found of named.values()) count += found
  if (!spellings.includes(null)) return count
  for await (const _ of collection.find({...filter, [kind.channelField]: null})) count += 1
  return count
}

/** Reads what has no date of the store's own type: text, seconds, or nothing, which belongs to no window. */
async function documentsWithTextDates<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  {from, to, channels}: StoredQuery,
  {common, onUndated}: {common: Filter; onUndated?: () => void},
): Promise<Placed<T>[]> {
  const found: Placed<T>[] = []
  const isWanted = ({time}: Placed<T>): boolean =>
    (from === undefined || time >= from.getTime()) && (to === undefined || time < to.getTime())
  for (const created_at of [{$gte: ''}, {$gte: 0}, null])
    for await (const fields of collection.find({...common, created_at})) {
      const entry = placed(kind, fields)
      if (channels !== undefined && !channels.includes(entry.channel)) continue
      if (!(entry.time >= BEGINNING_OF_TIME)) onUndated?.()
      if (isWanted(entry)) found.push(entry)
    }
  // Those without a usable date come last.
  return found.sort(
    (a, b) => compareValues(a.time, b.time) || Number(Number.isNaN(a.time)) - Number(Number.isNaN(b.time)),
  )
}

async function* dated<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  {filter, sort}: {filter: Filter; sort: NonNullable<FindOptions['sort']>},
): AsyncGenerator<Placed<T>> {
  for await (const fields of collection.find(filter, {sort})) yield placed(kind, fields)
}

function placed<T>(kind: DocumentKind<T>, fields: Fields): Placed<T> {
  const {created_at: createdAt} = fields
  const time = createdAt instanceof Date ? createdAt.getTime() : (momentIn(createdAt)?.getTime() ?? Number.NaN)
  return {...readDocument(kind, fields), time, channel: channelIn(fields[kind.channelField]) ?? NO_CHANNEL}
}

async function* merged<T>(stream: AsyncIterable<Placed<T>>, strays: readonly Placed<T>[]): AsyncGenerator<Placed<T>> {
  let next = 0
  for await (const entry of stream) {
    for (let stray = strays[next]; stray && stray.time < entry.time; stray = strays[next]) {
      yield stray
      next += 1
    }
    yield entry
  }
  yield* strays.slice(next)
}

/**
 * Entries of one moment by their ids: an index over channel and moment is then all that a store needs. The team keeps no unique
 * ids, so the second of two equal ones gets a name of its own.
 */
async function* inOrder<T>(kind: DocumentKind<T>, entries: AsyncIterable<Placed<T>>): AsyncGenerator<StoredEntry<T>> {
  const seen = new Map<string, number>()
  let group: Placed<T>[] = []
  for await (const entry of entries) {
    const [first] = group
    if (first && (first.time !== entry.time || first.channel !== entry.channel)) {
      yield* ofOneMoment(kind, group, seen)
      // Ids are told apart within a channel.
      if (first.channel !== entry.channel) seen.clear()
      group = []
    }
    group.push(entry)
  }
  yield* ofOneMoment(kind, group, seen)
}

function ofOneMoment<T>(
  kind: DocumentKind<T>,
  group: readonly Placed<T>[],
  seen: Map<string, number>,
): StoredEntry<T>[] {
  const idOf = ({document}: StoredEntry<T>): string => kind.idOf(document)
  const byId = (a: StoredEntry<T>, b: StoredEntry<T>): number => compareValues(idOf(a), idOf(b))
  const texts = new Map(group.length > 1 ? group.map(entry => [entry, JSON.stringify(entry.document)]) : [])
  const sorted = group.toSorted((a, b) => byId(a, b) || compareValues(texts.get(a), texts.get(b)))
  const entries = sorted.map(entry => (entry.isTeam ? withDistinctId(kind, entry, seen) : entry))
  return entries.sort(byId)
}

function withDistinctId<T>(kind: DocumentKind<T>, entry: StoredEntry<T>, seen: Map<string, number>): StoredEntry<T> {
  const id = kind.idOf(entry.document)
  const times = (seen.get(id) ?? 0) + 1
  seen.set(id, times)
  return times === 1 ? entry : {...entry, document: {...entry.document, [kind.key]: `${id}~${times}`}}
}
