import type {Gate} from './verdict.js'

/** A benchmark as its YAML file describes it (`config/scenarios/<name>.yaml`), checked. */
export interface Scenario {
  /** `[a-z][a-z0-9_]*`, equal to the file's name. */
  name: string
  title: string
  /** Goes up with every change that makes runs before and after it incomparable. */
  version: number
  /** The exporter whose records are judged: `digests` or `review_reports`, or a plugin's. */
  dataset: string
  /** The default of `--judge`. */
  judge: string
  /** The judge prompt's version, e.g. `digest-ru-1`; a judge without a prompt ignores it. */
  prompt: string
  /** True: verdicts look at real samples alone, and synthetic ones can never pass it. */
  live: boolean
  /** What is scored, in the order of reports. */
  scores: readonly string[]
  /**
   * Thresholds by the scale of the judge that gives the scores; those under `any` do not depend on a judge (latency,
   * measured share).
   */
  gates: Readonly<Record<string, readonly Gate[]>>
  /** Largest share of samples whose source the judge did not see whole. */
  max_truncated_share: number
  /** An external program that judges instead: program and arguments, never a shell line; `{scenario}` and the like are filled in. */
  runner?: readonly string[]
}
