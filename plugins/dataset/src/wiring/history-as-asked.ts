import type {CommandResult, Runtime} from '@ep23/sdk'

import {parseChannel} from '../domain/channel.js'
import {
  historySize,
  listHistory,
  type HistoryItem,
  type HistorySize,
  pruneHistory,
  retentionOf,
  type Retention,
} from '../usecases/documents/history-entry.js'
import {restoreDocuments, type RestoreCounts, type RestoreTarget} from '../usecases/documents/restore-documents.js'

export interface HistoryData extends HistorySize {
  retention: Retention
  items: HistoryItem[]
}

export interface RestoreData {
  digests: RestoreCounts
  review_reports: RestoreCounts
}

export interface PruneData {
  forgotten: HistorySize
  left: HistorySize
  retention: Retention
}

interface HistoryFlags {
  run?: string | undefined
  channel?: string | undefined
  day?: string | undefined
  limit: number
}

/** `dataset:history`: lost versions, the newest first. */
export async function historyAsAsked(
  {store, settings}: Runtime,
  {run, channel, day, limit}: HistoryFlags,
): Promise<CommandResult<HistoryData>> {
  const query = {limit, ...(run && {run}), ...(channel && {channel: parseChannel(channel)}), ...(day && {day})}
  const items = await listHistory(store, query)
  const data = {...(await historySize(store)), retention: retentionOf(settings.section('dataset')), items}
  return {data, text: renderHistory(data)}
}

/** `dataset:restore`. */
export async function restoreAsAsked(
  {store, run}: Runtime,
  target: RestoreTarget,
): Promise<CommandResult<RestoreData>> {
  const data = await restoreDocuments({store, run}, target)
  const {digests, review_reports} = data
  const unchanged = digests.unchanged + review_reports.unchanged
  const counts = `restored ${digests.restored} digests and ${review_reports.restored} review reports`
  return {
    data,
    text: [
      unchanged > 0 ? `${counts}; ${unchanged} documents were as before already` : counts,
      ...(digests.restored + review_reports.restored > 0 ? [`undo: ep23 dataset:restore ${run.run_id}`] : []),
    ],
  }
}

/** `dataset:history:prune`. */
export async function pruneAsAsked(
  {store, clock, settings}: Runtime,
  flags: {days?: number | undefined; mib?: number | undefined},
): Promise<CommandResult<PruneData>> {
  const configured = retentionOf(settings.section('dataset'))
  const retention = {days: flags.days ?? configured.days, mib: flags.mib ?? configured.mib}
  const forgotten = await pruneHistory({store, clock}, retention)
  const left = await historySize(store)
  const text = [
    `forgot ${forgotten.entries} versions (${forgotten.size_kib} KiB); ${left.entries} are kept (${left.size_kib} KiB)`,
  ]
  return {data: {forgotten, left, retention}, text}
}

function renderHistory({entries, size_kib, retention, items}: HistoryData): string[] {
  const size = `${entries} versions, ${size_kib} KiB; kept for ${retention.days} days, at most ${retention.mib} MiB`
  const lines = items.map(
    ({recorded_at, action, collection, document_id, command, run_id}) =>
      `${recorded_at}  ${action.padEnd(8)}  ${collection.padEnd(14)}  ${document_id}  by ${command}, run ${run_id}`,
  )
  const undo = items[0] ? [`bring a run's back: ep23 dataset:restore ${items[0].run_id}`] : []
  return [...lines, size, ...undo]
}
