import {type Measurement} from '@ep23/statistics'

/** Something the summary states: a number, a name, an address. */
export interface Claim {
  text: string
  /** Keys under which it may stand in the source; one of them is enough. */
  readings: readonly string[]
}

export interface Faithfulness {
  /** supported / all, 0 … 1; undefined when the summary claims nothing: that is neither right nor wrong. */
  precision: Measurement
  supported: number
  total: number
  /** What the source does not contain, in the summary's order. */
  unsupported: Claim[]
}

/** Share of the summary's claims that occur in the source. Claims and source keys must come from the same extraction. */
export function faithfulness(claims: readonly Claim[], source: ReadonlySet<string>): Faithfulness {
  const unsupported = claims.filter(claim => !claim.readings.some(reading => source.has(reading)))
  const supported = claims.length - unsupported.length
  return {
    precision: claims.length > 0 ? supported / claims.length : undefined,
    supported,
    total: claims.length,
    unsupported,
  }
}
