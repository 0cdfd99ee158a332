import {compareValues, type Filter, type Scalar, type Store, type Tally} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import {channelIn, type Fields} from '../domain/team-fields.js'
import type {StoredEntry} from './read-document.js'
import {channelSpellings, type GroupsIn, originAndLanguage, wantsGroup} from './stored-groups.js'
import {inOrder, merged, type Placed} from './stored-order.js'
import {BEGINNING_OF_TIME, datedBetween, type RawCollection, type StoredQuery} from './stored-query.js'
import {dated, fetchedSource, placed, type Source, sourceOf} from './stored-source.js'

/** Counts and documents of one kind, with few questions to the store: what one has brought to light is not asked again. */
export interface StoredReader<T> {
  /** How many documents `documents` gives for the query. */
  count(query: StoredQuery): Promise<number>
  /** See `storedDocuments`. */
  documents(query: StoredQuery, onUndated?: () => void): AsyncGenerator<StoredEntry<T>>
  /** Says that the documents of the whole query are going to be read: the store may look for them while it counts. */
  prefetch(): void
  /** Lets go of what was fetched and not read. */
  close(): void
}

/** @param asked counts and documents may narrow by these fields of the query alone */
export function storedReader<T>(store: Store, kind: DocumentKind<T>, asked: StoredQuery): StoredReader<T> {
  const stored = store.collection<Fields>(kind.collection)
  let isOpen = true
  let opened: Promise<Source<T>> | undefined
  const source = (): Promise<Source<T>> => (opened ??= Promise.resolve(sourceOf(stored, kind, asked)))
  return {
    prefetch() {
      if (!isOfAllChannels(asked)) return
      opened ??= fetchedSource(stored, kind, asked, () => isOpen)
      opened.catch(() => undefined)
    },
    close() {
      isOpen = false
      void opened?.then(({ahead}) => ahead?.close()).catch(() => undefined)
    },
    async count(query) {
      const {collection, groupsIn} = await source()
      const groups = await groupsIn(query)
      const dated = groups.filter(group => group.isDated && wantsGroup(kind, query, group))
      const all = await groupsIn({})
      const undated = await documentsWithTextDates(collection, kind, query, {all})
      return dated.reduce((sum, {count}) => sum + count, 0) + undated.length
    },
    async *documents(query, onUndated) {
      const {collection, groupsIn, ahead} = await source()
      if (query === asked && ahead && isPlain(kind, await groupsIn({}))) yield* inOrder(kind, ahead.stream())
      else yield* documentsOf({collection, kind, query, onUndated}, groupsIn)
    },
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
  return storedReader(store, kind, query).documents(query, onUndated)
}

function isOfAllChannels({channels, language, origin}: StoredQuery): boolean {
  return channels === undefined && language === undefined && origin === undefined
}

/** Whether the store's own order is the wanted one: each channel is written in its one way, and each date is one. */
function isPlain<T>({channelField}: DocumentKind<T>, groups: readonly Tally[]): boolean {
  return groups.every(({isDated, texts}) => {
    const channel = texts[channelField]
    return isDated && channel !== undefined && channelIn(channel) === channel
  })
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
  const isPlainName = (name: string): boolean => {
    const [only, ...others] = spellings.get(name) ?? []
    return only === name && others.length === 0 && !undated.some(({channel}) => channel === name)
  }
  for (const group of readTogether(names, isPlainName)) {
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
