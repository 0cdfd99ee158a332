import {joined, type Text} from '@ep23/sdk'

import type {ConfigChange, ConfigValue} from '../domain/config-keys.js'
import type {HistoryEntry} from '../domain/config-history.js'
import {message, recorded} from '../words/words.js'

/** An entry of the history for `--json` and the terminal: without the file's whole content. */
export type HistoryView = Pick<HistoryEntry, 'version' | 'at' | 'who' | 'action' | 'why' | 'diff'> & {key_id: string}

export function viewOf({version, at, who, action, why, diff, public_key}: HistoryEntry): HistoryView {
  return {version, at, who, action, why, diff, key_id: keyName(public_key)}
}

/** How a key is called for people: the last eight characters of its Base64 that differ between keys. */
export function keyName(publicKey: string): string {
  return publicKey.replace(/=+$/u, '').slice(-8)
}

export function renderChange({key, from, to}: ConfigChange): string {
  return `  ${key}: ${show(from)} → ${show(to)}`
}

export function renderEntry({version, at, who, action, why, diff, key_id}: HistoryView): Text[] {
  const reason = recorded(why, ['ownerTakesOver']) ?? why
  return [
    joined([`${version}  ${at}  `, message('changedBy', {action, who, key: key_id, why: reason})], ''),
    ...diff.map(renderChange),
  ]
}

export const show = (value: ConfigValue): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))
