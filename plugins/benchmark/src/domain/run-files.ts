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
