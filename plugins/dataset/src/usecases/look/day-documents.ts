import {badDataError, type Store} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import {dayOf, dayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import {digestKind, reviewKind} from '../../domain/documents/document-kind.js'
import type {ReviewReport} from '../../domain/documents/review-report.js'
import type {StoredEntry} from '../stored/read-document.js'
import {storedDocuments} from '../stored/stored-documents.js'

/** One day of one channel, in a zone. */
export interface ChannelDay {
  channel: ChannelName
  day: string
  zone: string
}

export interface DayDocuments {
  digests: StoredEntry<Digest>[]
  review_reports: StoredEntry<ReviewReport>[]
}

/**
 * Everything that is stored for a day: ep23's digest and those of the team's programs.
 * @throws Ep23Error DATASET_NO_DIGEST (65) naming the nearest days that have one
 */
export async function dayDocuments(store: Store, {channel, day, zone}: ChannelDay): Promise<DayDocuments> {
  const {from, to} = dayWindow({until: day, days: 1, zone})
  const query = {from, to, channels: [channel]}
  const digests = await Array.fromAsync(storedDocuments(store, digestKind, query))
  const review_reports = await Array.fromAsync(storedDocuments(store, reviewKind, query))
  if (digests.length + review_reports.length > 0) return {digests, review_reports}
  throw await noDigest(store, {channel, day, zone})
}

async function noDigest(store: Store, {channel, day, zone}: ChannelDay): Promise<Error> {
  const days: string[] = []
  for await (const {document} of storedDocuments(store, digestKind, {channels: [channel]}))
    days.push(dayOf(document.created_at, zone))
  const nearest = days.toSorted((a, b) => distance(a, day) - distance(b, day)).slice(0, 3)
  return badDataError('DATASET_NO_DIGEST', `${channel} has no digest of ${day} in ${store.location}`, [
    nearest.length > 0
      ? `the nearest days: ${[...new Set(nearest)].sort().join(', ')}`
      : `${channel} has no digests at all`,
    'see what is stored: ep23 dataset:list',
  ])
}

function distance(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b))
}
