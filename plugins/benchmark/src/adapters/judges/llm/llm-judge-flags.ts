/** Flags of `benchmark:run` that only the `llm` judge reads. */
export interface LlmJudgeFlags {
  model?: string | undefined
  /** `strict`: only stored answers, no network. */
  replay: 'off' | 'strict'
  temperature: number
  seed: number
  /** Price of a million tokens, in any currency. */
  promptPrice?: number | undefined
  completionPrice?: number | undefined
  maxSourceCharacters: number
  concurrency: number
  attemptSeconds: number
  /** All the time that a sample and the run have: nobody waits longer for a server. */
  longestWaitSeconds?: number
  attempts: number
}
