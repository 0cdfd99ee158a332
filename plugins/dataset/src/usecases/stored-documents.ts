import {compareValues, type Filter, type FindOptions, type Scalar, type Store, type Tally} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import {channelIn, momentIn, type Fields} from '../domain/team-fields.js'
import {readDocument, type StoredEntry} from './read-document.js'
import {
  datedBetween,
  NO_CHANNEL,
  originAndLanguage,
  type RawCollection,
  type StoredQuery,
  wantsGroup,
} from './stored-query.js'

interface Placed<T> extends StoredEntry<T> {
  /** Milliseconds; NaN for a document without a usable date. */
  time: number
  channel: string
}

/** Every date a document can have lies after it. */
const BEGINNING_OF_TIME = Date.parse('0000-01-01T00:00:00.000Z')

/** Counts and documents of one kind, with few questions to the store: what one has brought to light is not asked again. */
export interface StoredReader<T> {
  /** How many documents `documents` gives for the query. */
  count(query: StoredQuery): Promise<number>
  /** See `storedDocuments`. */
  documents(query: StoredQuery, onUndated?: () => void): AsyncGenerator<StoredEntry<T>>
}

/** @param asked counts and documents may narrow by these fields of the query alone */
export function readStored<T>(store: Store, kind: DocumentKind<T>, asked: StoredQuery): StoredReader<T> {
  const collection = store.collection<Fields>(kind.collection)
  const groupsIn = groupReader(collection, kind, asked)
  return {
    async count(query) {
      const groups = await groupsIn(query)
      const dated = groups.filter(group => group.isDated && wantsGroup(kind, query, group))
      const all = await groupsIn({})
      const undated = await documentsWithTextDates(collection, kind, query, {all})
      return dated.reduce((sum, {count}) => sum + count, 0) + undated.length
    },
    documents: (query, onUndated) => documentsOf({collection, kind, query, onUndated}, groupsIn),
  }
}

/**
 * Every wanted document of the store, the team's own through their mapping, in ascending order of channel, moment and id (by
 * code points). Documents whose date is a BSON date stream; those of older programs, whose date is text, are held in memory.
 * Two documents of the team with one id are told apart: the second one's ends in `~2`.
 * @param onUndated called for each document without a usable date, which no window finds, in whatever window is asked for
 */
export function storedDocuments<T>(
  store: Store,
  kind: DocumentKind<T>,
  query: StoredQuery = {},
  onUndated?: () => void,
): AsyncGenerator<StoredEntry<T>> {
  return readStored(store, kind, query).documents(query, onUndated)
}

type GroupsIn = (window: Pick<StoredQuery, 'from' | 'to'>) => Promise<Tally[]>

/** Asks the store once a window; one that every date lies in is no window. */
function groupReader<T>(collection: RawCollection, kind: DocumentKind<T>, {language, origin}: StoredQuery): GroupsIn {
  const languages = language === undefined ? [] : ['language']
  const origins = origin === undefined ? [] : [kind.originField]
  const fields = {texts: [kind.channelField, ...languages, ...origins], date: 'created_at'}
  const known = new Map<string, Promise<Tally[]>>()
  return window => {
    const {from, to} = window
    const isAll = to === undefined && (from === undefined || from.getTime() <= BEGINNING_OF_TIME)
    const key = isAll ? '' : `${from?.getTime()} ${to?.getTime()}`
    const groups = known.get(key) ?? collection.tally(isAll ? {} : {created_at: datedBetween(window)}, fields)
    known.set(key, groups)
    return groups
  }
}

interface Asked<T> {
  collection: RawCollection
  kind: DocumentKind<T>
  query: StoredQuery
  onUndated: (() => void) | undefined
}

async function* documentsOf<T>(
  {collection, kind, query, onUndated}: Asked<T>,
  groupsIn: GroupsIn,
): AsyncGenerator<StoredEntry<T>> {
  const all = await groupsIn({})
  const spellings = channelSpellings(kind, query, all)
  const common = originAndLanguage(kind, query, all)
  const undated = await documentsWithTextDates(collection, kind, query, {all, onUndated})
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

/** The ways in which a collection writes each wanted channel (`@Habr`, `t.me/habr`), by the channel's one name. */
function channelSpellings<T>(
  {channelField}: DocumentKind<T>,
  {channels}: StoredQuery,
  groups: readonly Tally[],
): Map<string, Scalar[]> {
  const spellings = new Map<string, Scalar[]>()
  for (const value of new Set(groups.map(({texts}) => texts[channelField]))) {
    if (value === undefined) continue
    const name = channelIn(value) ?? NO_CHANNEL
    if (channels === undefined || channels.includes(name)) spellings.set(name, [...(spellings.get(name) ?? []), value])
  }
  return spellings
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

/** Reads what has no date of the store's own type: text, seconds, or nothing, which belongs to no window. */
async function documentsWithTextDates<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  query: StoredQuery,
  {all, onUndated}: {all: readonly Tally[]; onUndated?: (() => void) | undefined},
): Promise<Placed<T>[]> {
  if (all.every(({isDated}) => isDated)) return []
  const {from, to, channels} = query
  const common = originAndLanguage(kind, query, all)
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
