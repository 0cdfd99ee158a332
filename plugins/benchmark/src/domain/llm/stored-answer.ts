/** A raw answer as `ep23_judgements` keeps it: with its key the same question is never paid for twice. */
export interface StoredAnswer {
  /** SHA-256 of everything the answer depends on, the repeat included. */
  key: string
  reply: string
  first_reply?: string
  cut_short: boolean
  refused: boolean
  model: string | null
  system_fingerprint: string | null
  prompt_tokens: number
  completion_tokens: number
  calls: number
  /** Those of the calls whose tokens nobody told. */
  unknown_calls?: number
  latency_seconds: number
  sent: {temperature: number | null; seed: number | null; json_schema: boolean}
  created_at: Date
}

/** Where answers are kept. */
export interface AnswerCache {
  find(key: string): Promise<StoredAnswer | undefined>
  save(answer: StoredAnswer): Promise<void>
}
