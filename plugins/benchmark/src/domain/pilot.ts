import type {Comparison} from './comparison.js'
import type {RunResult} from './run-result.js'

/** A file that proves something, with its hash at the time of the pilot. */
export interface Evidence {
  what: string
  path: string
  sha256: string
}

export type PilotRun = Omit<RunResult, 'files' | 'seals'> & {folder: string}

/** Why there is no comparison, in the words of whoever refused. */
export interface RefusedComparison {
  refused: string
}

export interface Pilot {
  scenario: string
  dry_run: PilotRun
  live_run: PilotRun
  /** What the live run was compared with. */
  against: string
  comparison: Comparison | RefusedComparison
  evidence: readonly Evidence[]
  log_path: string
}
