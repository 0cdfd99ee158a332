import type {IntervalFacts} from './interval-facts.js'

/** A judge's score beside several raters' labels of the same digests. Alphas are ordinal, intervals are over sources. */
export interface PeopleAgreement {
  raters: readonly string[]
  /** Digests that at least two people labelled. */
  doubly_labelled: number
  /** Between people; null where nobody labelled what another did, or all said the same. */
  alpha_people: number | null
  /** Its one-sided 95 % bound; null where a resample tells nothing. */
  alpha_people_low: number | null
  /** Between the judge and each person. */
  alpha_judge: number | null
  /** The judge's minus the people's; bounds of the middle 90 %, so that the lower one is a one-sided 95 % bound. */
  difference: Pick<IntervalFacts, 'estimate' | 'low' | 'high' | 'confidence'>
  /** The alternative annotator test (Calderon et al. 2025) with three raters of thirty digests or more; null with fewer. */
  alt_test: {winning_rate: number; advantage: number} | null
  /** Mean label that people would give all digests of the runs (PPI++), and that of the labels alone. */
  estimate: {
    mean: number
    low: number | null
    high: number | null
    lambda: number
    digests: number
    labels_alone: number
  }
  /** Points, of the five, by which the judge exceeds the people more for twice the length. */
  length_slope: number | null
  /** Which of the labels were looked at, and how often the held-out ones were before, this time included. */
  part: 'train' | 'dev' | 'held_out' | 'all'
  held_out_uses: number
}
