import type {RunIdentityFacts} from './run-result.js'
import type {ReplyLine, SampleLine} from './sample.js'

/** `plan.json`: what the run set out to do. */
export interface RunPlan {
  run_id: string
  identity: RunIdentityFacts
  started_at: string
  attempts: number
  /** Seconds that earlier attempts took. */
  spent_seconds: number
}

/** What one judgement leaves: its line, and the raw answers it rests on. */
export interface JournalEntry {
  /** Place of the line among all: sample, then answer, then repeat. */
  place: number
  /** True when asking again may give what is missing: `--resume` judges it anew. */
  retry: boolean
  line: SampleLine
  replies: readonly ReplyLine[]
}

/** Judgements in the order they came, each on the disk before the next sample is asked for. */
export interface Journal {
  /** True for what need not be judged again, of an earlier attempt or of this one. */
  has(place: number): boolean
  readonly size: number
  /** Stands in the file at once, so that a killed process loses nothing; resolves when synced, so that a power cut does not either. */
  append(entry: JournalEntry): Promise<void>
  /** All entries in ascending order of place. */
  ordered(): AsyncIterable<JournalEntry>
  close(): Promise<void>
}

export interface FileFacts {
  name: string
  bytes: number
  sha256: string
}

/** The folder of one run. */
export interface RunFolder {
  readonly path: string
  plan(): Promise<RunPlan | undefined>
  /** Writes a file whole or not at all. */
  write(name: string, content: string | AsyncIterable<string>): Promise<FileFacts>
  /** Lines of a file, without line feeds. */
  lines(name: string): AsyncIterable<string>
  openJournal(): Promise<Journal>
  remove(name: string): Promise<void>
}
