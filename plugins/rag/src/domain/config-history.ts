import type {ConfigChange} from './config-keys.js'

export const HISTORY_ACTIONS = ['init', 'set', 'promote', 'canary', 'rollback'] as const
export type HistoryAction = (typeof HISTORY_ACTIONS)[number]

/** What was done to the configuration, without the signature over it. */
export interface HistoryRecord {
  /** From 1. */
  version: number
  at: string
  who: string
  action: HistoryAction
  why: string
  diff: ConfigChange[]
  /** The whole file as it was written, so that it can be brought back. */
  content: string
  /** SHA-256 of the line before, lower-case hex; null in the first one. */
  previous: string | null
  /** The owner's public key (SPKI, DER) in Base64. */
  public_key: string
}

export interface HistoryEntry extends HistoryRecord {
  /** Ed25519 over the record's JSON, in Base64. */
  signature: string
}

/** The bytes that are signed: the record's fields in the order in which they were written. */
export function recordToSign(entry: HistoryRecord): string {
  return JSON.stringify({...entry, signature: undefined})
}

/** Why a change of the configuration is refused: first what speaks against a promotion, then who asks and when. */
export const REFUSAL_REASONS = [
  'gain_may_be_chance',
  'loss',
  'repeatability_unmeasured',
  'runs_disagree',
  'replies_missing',
  'configuration_changed',
  'stale',
  'not_owner',
  'not_signed',
  'busy',
] as const
export type ConfigRefusalReason = (typeof REFUSAL_REASONS)[number]

/** Who owned a configuration, and how far its history went, when this user last saw it signed. */
export interface SeenOwner {
  /** Absolute, as it was named: a link on the way that leads elsewhere now does not make it another one. */
  config: string
  /** Fingerprint. */
  owner: string
  version: number
  /** The signature of its history's first entry, which all copies of it share; absent in what earlier versions of ep23 kept. */
  history?: string
}
