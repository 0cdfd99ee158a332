import {compareValues} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import type {StoredEntry} from './read-document.js'

/** A document with what its place in the order depends on. */
export interface Placed<T> extends StoredEntry<T> {
  /** Milliseconds; NaN for a document without a usable date. */
  time: number
  channel: string
}

/** Dated documents with strays, both in order of their moments. */
export async function* merged<T>(
  stream: AsyncIterable<Placed<T>>,
  strays: readonly Placed<T>[],
): AsyncGenerator<Placed<T>> {
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
export async function* inOrder<T>(
  kind: DocumentKind<T>,
  entries: AsyncIterable<Placed<T>>,
): AsyncGenerator<StoredEntry<T>> {
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
