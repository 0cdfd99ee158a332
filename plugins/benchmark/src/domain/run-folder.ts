import type {JudgedSample} from '@ep23/sdk'

import type {AnswerLine} from './answers.js'
import type {RunIdentityFacts, RunResult} from './run-result.js'
import type {ReplyLine, SampleLine} from './sample-line.js'

/**
 * A run lies in `<datasetDir>/benchmarks/<run id>/`. `run.json` is written last: a folder without it is a run that is going on
 * or was stopped.
 */
export const RUNS_FOLDER = 'benchmarks'

export const RUN_FILES = {
  /** `RunResult`. */
  result: 'run.json',
  /** `SampleLine`s in the order of the dataset. */
  samples: 'samples.jsonl',
  /** The judged records as canonical lines; the Merkle root is theirs. */
  dataset: 'dataset.jsonl',
  /** `ReplyLine`s; there only when a judge was asked. */
  replies: 'replies.jsonl',
  /** `AnswerLine`s; there only when answers were written anew. */
  answers: 'answers.jsonl',
  /** What the run set out to do; `--resume` holds to it. */
  plan: 'plan.json',
  /** `SampleLine`s in the order they were judged, each synced; gone when the run is complete. */
  journal: 'journal.jsonl',
  /** `AnswerLine`s in the order they were written, likewise. */
  answerJournal: 'answers.journal.jsonl',
  /** A number that somebody writes while it runs: how many requests at once. */
  concurrency: 'concurrency',
  junit: 'junit.xml',
  report: 'report.md',
  csv: 'scores.csv',
} as const

/** `plan.json`: what the run set out to do. */
export interface RunPlan {
  run_id: string
  identity: RunIdentityFacts
  started_at: string
  attempts: number
  /** Seconds that earlier attempts took. */
  spent_seconds: number
}

/** Where a journal's entry belongs. */
export interface Placed {
  /** Place of the line among all: sample, then answer, then repeat. */
  place: number
  /** True when asking again may give what is missing: `--resume` asks anew. */
  retry: boolean
}

/** What one judgement leaves: its line, and the raw answers it rests on. */
export interface JudgedEntry extends Placed {
  line: SampleLine
  replies: readonly ReplyLine[]
}

/** What one written answer leaves. Its place: sample, then answer. */
export interface AnsweredEntry extends Placed {
  line: AnswerLine
}

/** Entries in the order they came, each on the disk before the next one is asked for. */
export interface Journal<E extends Placed> {
  /** True for what need not be asked for again, of an earlier attempt or of this one. */
  has(place: number): boolean
  /** The entry of a place, also one to be asked for again; undefined when there is none. */
  entry(place: number): E | undefined
  readonly size: number
  /** Stands in the file at once, so that a killed process loses nothing; resolves when synced, so that a power cut does not either. */
  append(entry: E): Promise<void>
  /** All entries in ascending order of place. */
  ordered(): AsyncIterable<E>
  close(): Promise<void>
}

export interface FileFacts {
  name: string
  bytes: number
  sha256: string
}

/** The folder of a run that goes on. */
export interface RunFolder {
  readonly path: string
  /**
   * Does the work while no other process writes into the folder: `--resume` finds runs that still go on as well.
   * @throws Ep23Error BENCHMARK_RUN_BUSY (75)
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  plan(): Promise<RunPlan | undefined>
  /** Writes a file whole or not at all. Pieces are taken in before the next one is asked for. */
  write(name: string, content: string | AsyncIterable<string | Uint8Array>): Promise<FileFacts>
  /** Whether a file is there with anything in it. */
  holds(name: string): Promise<boolean>
  /** Lines of a file, without line feeds. */
  lines(name: string): AsyncIterable<string>
  openJournal<E extends Placed>(name: string): Promise<Journal<E>>
  /** Calls back with a file's text whenever it was written to; ends with the returned function. */
  watch(name: string, onText: (text: string) => void): () => void
  remove(name: string): Promise<void>
  /** Puts the run behind those that ended before it. */
  end(): Promise<void>
}

/** A finished run. Lines are read as they are asked for: a run may be larger than memory. */
export interface StoredRun {
  folder: string
  run: RunResult
  samples: () => AsyncIterable<SampleLine>
  records: () => AsyncIterable<JudgedSample>
  replies: () => AsyncIterable<ReplyLine>
  /** Nothing when the answers are those of the dataset. */
  answers: () => AsyncIterable<AnswerLine>
}

export const ARCHIVE_FORMAT = 1
export const ARCHIVE_MANIFEST = 'archive.json'
export const ARCHIVED_REPORT = 'report.html'
/** DSSE envelope with an in-toto statement about `archive.json`, which names all others by hash; there only in a signed archive. */
export const ARCHIVE_SIGNATURE = 'archive.dsse.json'
export const ARCHIVE_PREDICATE = 'urn:ep23:benchmark-run:v1'

/** What an archive holds; without times, so that the same run always gives the same archive. */
export interface ArchiveManifest {
  archive_version: typeof ARCHIVE_FORMAT
  run_id: string
  fingerprint: string
  /** Of the ep23 that packed it, and wrote its report. */
  ep23_version?: string
  /** Every other file, by name. */
  files: readonly FileFacts[]
}

/** A name that stays in its folder on every system. */
export function isArchivedName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/iu.test(name)
}
