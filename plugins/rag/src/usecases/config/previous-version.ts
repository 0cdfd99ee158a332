import type {HistoryEntry} from '../../domain/config-history.js'

type Step = Pick<HistoryEntry, 'action' | 'content'>

/**
 * The version that stood before the one in force; 0 when there is none. A rollback puts its target in force: a second one goes on
 * from there, further back, and does not bring back what the first one took away.
 */
export function previousVersion(entries: readonly Step[]): number {
  let version = entries.length
  while (entries[version - 1]?.action === 'rollback') version = restoredVersion(entries, version)
  return Math.max(0, version - 1)
}

function restoredVersion(entries: readonly Step[], rollback: number): number {
  const {content} = entries[rollback - 1]!
  return entries.slice(0, rollback - 1).findLastIndex(entry => entry.content === content) + 1
}
