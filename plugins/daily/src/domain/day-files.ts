/** A post as it was read when its day was closed. */
export interface SavedPost {
  channel: string
  post_id: string
  published_at: string
  text: string
  url: string | null
}

/** What is kept of one day beside its line. */
export interface DayFiles {
  /** The digests as records of an export, for the judge. */
  records: string
  run: string
  anchorRun: string
  /** Undefined for a day that was never closed. */
  readPosts(): Promise<SavedPost[] | undefined>
  readRecords(): Promise<{sample_id: string; channel: string; summary_markdown: string}[]>
  write(name: 'posts.jsonl' | 'digests.jsonl', rows: readonly object[]): Promise<void>
}
