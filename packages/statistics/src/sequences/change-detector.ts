import {RankedSequence, rankLikelihoodRatios} from './sequential-ranks.js'

export interface ChangeDetectorOptions {
  /** What is looked for. */
  direction: 'drop' | 'rise'
  /** Sizes of shift, in standard deviations, over which the evidence is averaged. */
  shifts?: readonly number[]
}

/** From a slow decline to a break: with these bench/daily-rates.ts found both soonest. */
const SHIFTS = [0.5, 1, 2]

/**
 * Shiryaev–Roberts e-detector on sequential ranks: M_n = (1 + M_{n−1}) L_n for each size of shift, averaged. While nothing changes
 * M_n − n is a martingale, so that an alarm at M ≥ A comes on average no earlier than after A days, however often one looks and
 * however the values are distributed (Shin, Ramdas and Rinaldo 2024, NEJSDS, arXiv 2203.03532). It needs independent values (take
 * autocorrelation out first: `innovations`). An average of such detectors is one again: no correction for several scores is needed.
 *
 * The values of the baseline count for the ranks and give no evidence. A value that ties with all before it tells nothing and is
 * no step.
 * @example new ChangeDetector([3, 1, 2], {direction: 'drop', shifts: [1]}).add(0) // 2.265
 */
export class ChangeDetector {
  private readonly ranked: RankedSequence
  private readonly shifts: readonly number[]
  private evidenceOf: number[]

  constructor(baseline: readonly number[], {direction, shifts = SHIFTS}: ChangeDetectorOptions) {
    this.ranked = new RankedSequence(baseline)
    this.shifts = shifts.map(shift => (direction === 'drop' ? -shift : shift))
    this.evidenceOf = shifts.map(() => 0)
  }

  /** Takes the next value and returns the evidence after it. */
  add(value: number): number {
    const rank = this.ranked.add(value)
    const ratios = rankLikelihoodRatios(rank, this.shifts)
    if (rank.lowest > 1 || rank.highest < rank.of)
      this.evidenceOf = ratios.map((ratio, i) => (1 + (this.evidenceOf[i] ?? 0)) * ratio)
    return this.evidence
  }

  /** M: about how many days of nothing this much evidence is worth. */
  get evidence(): number {
    return this.evidenceOf.reduce((sum, evidence) => sum + evidence, 0) / this.evidenceOf.length
  }
}
