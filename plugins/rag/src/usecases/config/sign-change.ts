import {createHash} from 'node:crypto'

import {diffValues} from '../../domain/config-keys.js'
import {type HistoryAction, type HistoryEntry, type HistoryRecord, signedText} from '../../domain/config-history.js'
import type {ConfigText} from '../../domain/config-yaml.js'

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
  const record: HistoryRecord = {
    version: lines.length + 1,
    at: at.toISOString(),
    who,
    action,
    why,
    diff: diffValues(before.values, after.values),
    content: after.text,
    previous: lines.length === 0 ? null : lineHash(lines.at(-1)!),
    public_key: signer.publicKey,
  }
  return {...record, signature: signer.sign(signedText(record))}
}

export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}
