import type {Store} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {type DayWindow, dayOf} from '../domain/day-window.js'
import type {Digest} from '../domain/digest.js'
import {digestKind, type DocumentKind, reviewKind} from '../domain/document-kind.js'
import {DAILY_ID, ORIGINS} from '../domain/document-values.js'
import type {ReviewReport} from '../domain/review-report.js'
import type {CleanChannel} from './channel-stages.js'
import type {SeedDeps} from './seed-deps.js'
import type {SeedOptions} from './seed-options.js'
import {storedDocuments} from './stored-documents.js'

/** What is stored of some channels, by channel. */
export interface StoredDays {
  ofTeam: ReadonlyMap<string, ReadonlySet<string>>
  digests: ReadonlyMap<string, ReadonlyMap<string, Digest>>
  reviews: ReadonlyMap<string, ReadonlyMap<string, ReviewReport>>
}

export async function readStoredDays(
  {store}: Pick<SeedDeps, 'store'>,
  channels: readonly Pick<CleanChannel, 'name'>[],
  {window, options}: {window: DayWindow; options: SeedOptions},
): Promise<StoredDays> {
  const names = channels.map(({name}) => name)
  return {
    ofTeam: options.replace ? new Map() : await teamDays(store, names, window),
    digests: await readStored(store, digestKind, names, window),
    reviews: await readStored(store, reviewKind, names, window),
  }
}

/** Documents of the window that ep23 keeps, as they are stored, by channel and id. */
async function readStored<T extends object>(
  store: Store,
  kind: DocumentKind<T>,
  channels: readonly ChannelName[],
  {from, to}: DayWindow,
): Promise<Map<string, Map<string, T>>> {
  const found = new Map<string, Map<string, T>>()
  const window = {created_at: {$gte: from, $lt: to}, [kind.originField]: {$in: ORIGINS}}
  const filter = {[kind.channelField]: {$in: [...channels]}, ...window}
  for await (const document of store.collection<T>(kind.collection).find(filter)) {
    const channel = kind.channelOf(document)
    const documents = found.get(channel) ?? new Map<string, T>()
    found.set(channel, documents.set(kind.idOf(document), document))
  }
  return found
}

// Under a key of ep23's own the rule of worth decides.
function isImported({metadata, digest_id}: Digest): boolean {
  return metadata.origin === 'team' && !DAILY_ID.test(digest_id)
}

/**
 * Days of the window that have a digest of the team's programs, by channel: worth more than one of ours, which is not written
 * beside it.
 */
async function teamDays(
  store: Store,
  channels: readonly ChannelName[],
  {from, to, zone}: DayWindow,
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  for await (const {document, isTeam, problems} of storedDocuments(store, digestKind, {from, to, channels})) {
    if (problems.length > 0 || !(isTeam || isImported(document))) continue
    const channel = digestKind.channelOf(document)
    found.set(channel, (found.get(channel) ?? new Set()).add(dayOf(document.created_at, zone)))
  }
  return found
}
