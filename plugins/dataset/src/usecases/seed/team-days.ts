import type {Store} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import {dayOf, type DayWindow} from '../../domain/day-window.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import {storedDocuments} from '../stored/stored-documents.js'

/** Days of the window that have a digest of the team's programs: worth more than one of ours, which is not written beside it. */
export async function teamDays(
  store: Store,
  channel: ChannelName,
  {from, to, zone}: DayWindow,
): Promise<ReadonlySet<string>> {
  const days = new Set<string>()
  for await (const {document, isTeam, problems} of storedDocuments(store, digestKind, {from, to, channels: [channel]}))
    if (isTeam && problems.length === 0) days.add(dayOf(document.created_at, zone))
  return days
}
