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
export function policyDeviations(policy: DatasetPolicy): string[] {
  return (Object.keys(DEFAULT_POLICY) as (keyof DatasetPolicy)[])
    .filter(rule => policy[rule] !== DEFAULT_POLICY[rule])
    .map(rule => `the policy is changed: ${rule} ${policy[rule]} instead of ${DEFAULT_POLICY[rule]}`)
}
