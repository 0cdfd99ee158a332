import type {Store} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import {dayOf, type DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import {DAILY_ID} from '../../domain/documents/document-id.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import {storedDocuments} from '../stored/stored-documents.js'

// Under a key of ep23's own the rule of worth decides.
function isImported({metadata, digest_id}: Digest): boolean {
  return metadata.origin === 'team' && !DAILY_ID.test(digest_id)
}

/** Days of the window that have a digest of the team's programs: worth more than one of ours, which is not written beside it. */
export async function teamDays(
  store: Store,
  channel: ChannelName,
  {from, to, zone}: DayWindow,
): Promise<ReadonlySet<string>> {
  const days = new Set<string>()
  for await (const {document, isTeam, problems} of storedDocuments(store, digestKind, {from, to, channels: [channel]}))
    if (problems.length === 0 && (isTeam || isImported(document))) days.add(dayOf(document.created_at, zone))
  return days
}
