import type {JudgedSample, TokenUsage, Unmeasured} from '@ep23/sdk'

/**
 * One line of `answers.jsonl`, canonical JSON: one answer that was written for this run. Lines stand in the order of
 * `dataset.jsonl`, then of `answer`.
 */
export interface AnswerLine {
  sample_id: string
  /** From 1: which answer to the same source. */
  answer: number
  /** Of the text in UTF-8; null where there is none. */
  sha256: string | null
  text: string | null
  /** Why there is no text; null where there is one. */
  missing: Unmeasured | null
  /** Of writing it, as first measured; null where nothing was written. */
  latency_seconds: number | null
  usage: TokenUsage | null
  /** How a model came to it; null for writers that compute. */
  trail: AnswerTrail | null
}

export interface AnswerTrail {
  /** Content address of the question. */
  key: string
  cached: boolean
  /** What the server says it is. */
  model: string | null
  system_fingerprint: string | null
  sent: {temperature: number | null; seed: number | null}
}

/** The sample with this answer in place of the summary it came with; the scores stored with it are of the other one. */
export function answeredSample(sample: JudgedSample, line: AnswerLine, model: string): JudgedSample {
  const {ground_truth: _scores, latency_seconds: _latency, ...rest} = sample
  return {
    ...rest,
    summary_markdown: line.text ?? '',
    ...(line.latency_seconds !== null && {latency_seconds: line.latency_seconds}),
    metadata: {...sample.metadata, llm_model: line.trail?.model ?? model},
  }
}
