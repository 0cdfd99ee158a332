/** A sample as a judge sees it: one line of an export. Judges read it and change nothing. */
export interface JudgedSample {
  readonly sample_id: string
  readonly channel: string
  readonly language: string
  /** UTC with milliseconds. */
  readonly timestamp: string
  /** What was summarised. */
  readonly source_text: string
  readonly summary_markdown: string
  /** How long the summary took to write; absent where nobody measured it. */
  readonly latency_seconds?: number
  readonly metadata: {readonly origin: 'telegram' | 'synthetic' | 'team'} & Readonly<Record<string, unknown>>
  readonly ground_truth?: {readonly llm_judge?: StoredJudgement}
}

/** Scores that came with the sample. */
export interface StoredJudgement {
  readonly judge_model: string
  readonly prompt_version?: string
  readonly scores: Readonly<Record<string, number>>
}

/** Why there is no score. A closed set, so that reports can count. */
export const UNMEASURED_REASONS = [
  'no_stored_score',
  'not_applicable',
  'empty_summary',
  'refused',
  'invalid_reply',
  'evidence_not_found',
  'cut_short',
  'timed_out',
  'rate_limited',
  'server_error',
  'unreachable',
  'budget_spent',
  'not_in_cache',
  'judge_failed',
] as const
export type UnmeasuredReason = (typeof UNMEASURED_REASONS)[number]

/** A number that somebody measured. */
export interface MeasuredScore {
  /** From 0 (worst) to 1 (best). */
  readonly value: number
  /** Quotes that support it, as they stand in the source (or, for coherence, in the summary). */
  readonly evidence?: readonly string[]
}

/** The absence of a score is never 0 and never 1. */
export interface Unmeasured {
  readonly unmeasured: UnmeasuredReason
  readonly detail?: string
}

export type Score = MeasuredScore | Unmeasured

/** What one judgement cost; zeroes when it came from the cache. */
export interface TokenUsage {
  /** Requests sent, repairs and retries included. */
  readonly calls: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  /** In the currency of the prices given; null when no price is known. */
  readonly cost: number | null
  /**
   * Those of the calls whose tokens nobody told: timed out, broken off, answered without a count. Tokens and cost are without
   * them, so that they are a lower bound when there are any. Absent means none.
   */
  readonly unknown_calls?: number
}

/** How a judge that asks somebody came to its scores. */
export interface JudgeTrail {
  /** The server's own answer; null where there was none. */
  readonly reply: string | null
  /** The answer that was repaired, when one was. */
  readonly first_reply?: string
  /** Content address of the question; with it the answer is found in the cache again. */
  readonly key: string
  readonly cached: boolean
  /** Seconds until the server's answer stood, as first measured; null where there was none. */
  readonly latency_seconds: number | null
  /** What the server says it is. */
  readonly model: string | null
  readonly system_fingerprint: string | null
  /** Whether these were sent; servers that refuse them are asked without. */
  readonly sent: {readonly temperature: number | null; readonly seed: number | null; readonly json_schema: boolean}
}

export interface Judgement {
  readonly scores: Readonly<Record<string, Score>>
  /** Source characters that the judge did not see; 0 when it saw all. */
  readonly truncated_characters?: number
  readonly usage?: TokenUsage
  readonly trail?: JudgeTrail
}

export interface JudgeContext {
  /** From 1: which answer to the same source. Answers of one text are judged each by itself. */
  readonly answer: number
  /** From 1: which judgement of that answer. With another number the same question is asked again. */
  readonly repeat: number
  /** Aborted when the sample's or the run's time is over. */
  readonly signal: AbortSignal
}

/**
 * Gives scores. One that cannot score says why in the score itself (`unmeasured`); it throws only what must end the run,
 * such as a rejected key.
 */
export interface Judge {
  readonly name: string
  /** Goes up, or changes, with everything that can change a score: formula, weights, tokenizer, model, prompt. */
  readonly signature: string
  /** Which thresholds of a scenario may gate these scores: `llm`, `lexical`, or a team's own. */
  readonly scale: string
  readonly scores: readonly string[]
  readonly model?: string
  readonly prompt?: {readonly version: string; readonly sha256: string}
  /** Everything else that a second run must repeat. Secrets never stand here. */
  readonly settings?: Readonly<Record<string, string | number | boolean | null>>
  /** Samples that may be judged at once; 1 when it computes instead of waiting. */
  readonly concurrency?: number
  /** The number of samples at once was changed while the run goes on; called only where `concurrency` is set. */
  retune?(concurrency: number): void
  /** Called once before the first sample, with the file of all records (canonical JSON lines). */
  begin?(dataset: {readonly path: string; readonly signal: AbortSignal}): Promise<void>
  judge(sample: JudgedSample, context: JudgeContext): Promise<Judgement>
  close?(): Promise<void>
}

/** What a plugin brings so that `benchmark:run --judge NAME` finds it. */
export interface ContributedJudge {
  /** `[a-z][a-z0-9_-]*`. */
  readonly name: string
  readonly summary: string
  open(options: {readonly section: unknown; readonly signal: AbortSignal}): Promise<Judge>
}

/** True for a score that is a number. */
export function isMeasured(score: Score | undefined): score is MeasuredScore {
  return score !== undefined && 'value' in score
}
