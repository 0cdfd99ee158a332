/** Why a change of the configuration is refused: first what speaks against a promotion, then who asks and when. */
export const REFUSAL_REASONS = [
  'gain_may_be_chance',
  'loss',
  'repeatability_unmeasured',
  'runs_disagree',
  'configuration_changed',
  'stale',
  'not_owner',
  'not_signed',
  'busy',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]
