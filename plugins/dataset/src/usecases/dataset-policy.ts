import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'
/** What a dataset must be before anyone may call it complete. */
export interface DatasetPolicy {
  /** Exactly this many channels. */
  channels: number
  /** Length of the window in calendar days. */
  days: number
  /** At least this many daily digests (and review reports) a channel. */
  minimum: number
}

export const DEFAULT_POLICY: DatasetPolicy = {channels: 5, days: 30, minimum: 30}

/** In which points a policy differs from the team's, as sentences for the user; empty when it does not. */
export function policyDeviations(policy: DatasetPolicy): Message[] {
  return (Object.keys(DEFAULT_POLICY) as (keyof DatasetPolicy)[])
    .filter(rule => policy[rule] !== DEFAULT_POLICY[rule])
    .map(rule => message('policyChanged', {rule, now: policy[rule], usual: DEFAULT_POLICY[rule]}))
}
