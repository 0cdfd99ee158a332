import type {RecordedJudges} from '../../domain/judges/judge-signature.js'
import type {AnsweredEntry, FileFacts, JudgedEntry, Journal, RunPlan} from '../../domain/run-folder.js'
import type {DatasetFacts, RunResult} from '../../domain/run-result.js'
import type {HashList} from './hash-list.js'

/** What the steps of a run hand on. */
export interface RunState {
  dataset?: DatasetFacts
  /** Of the dataset's lines, in their order. */
  sampleHashes?: HashList
  /** Who gave the scores that came with the dataset. */
  recordedJudges?: RecordedJudges
  plan?: RunPlan
  journal?: Journal<JudgedEntry>
  /** There only when answers are written anew. */
  answerJournal?: Journal<AnsweredEntry>
  /** Why it stopped before the last sample, in a sentence. */
  stopped?: string
  result?: RunResult
  files: FileFacts[]
  warnings: string[]
}

/** A field that an earlier step has set. */
export function settled<K extends keyof RunState>(state: RunState, field: K): NonNullable<RunState[K]> {
  const value = state[field]
  if (value === undefined) throw new Error(`the step that sets ${field} did not run`)
  return value
}
