/** Where a document comes from. Synthetic ones always say so. */
export const ORIGINS = ['telegram', 'synthetic'] as const
export type Origin = (typeof ORIGINS)[number]
