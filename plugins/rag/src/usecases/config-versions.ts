import {createHash} from 'node:crypto'
import {diffValues} from '../domain/config-keys.js'
import {type HistoryAction, type HistoryEntry, type HistoryRecord, recordToSign} from '../domain/config-history.js'
import type {ConfigText} from '../domain/config-yaml.js'

export interface Signer {
  publicKey: string
  sign(text: string): string
}

export interface Change {
  action: HistoryAction
  why: string
  who: string
  at: Date
}

/** The history's next entry: what changes from `before` to `after`, signed, and chained to the line before it. */
export function signChange(
  signer: Signer,
  lines: readonly string[],
  {before, after}: {before: ConfigText; after: ConfigText},
  {action, why, who, at}: Change,
): HistoryEntry {
  const last = lines.at(-1)
  const record: HistoryRecord = {
    version: lines.length + 1,
    at: at.toISOString(),
    who,
    action,
    why,
    diff: diffValues(before.values, after.values),
    content: after.text,
    previous: last === undefined ? null : lineHash(last),
    public_key: signer.publicKey,
  }
  return {...record, signature: signer.sign(recordToSign(record))}
}

export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}

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
  const content = entries[rollback - 1]?.content
  return entries.slice(0, rollback - 1).findLastIndex(entry => entry.content === content) + 1
}
