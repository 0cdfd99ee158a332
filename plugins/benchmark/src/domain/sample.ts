import type {JudgedSample, JudgeTrail, Score, TokenUsage} from '@ep23/sdk'

/** Where a sample comes from; means never mix them. */
export type SampleOrigin = JudgedSample['metadata']['origin']

/**
 * One line of `samples.jsonl`, canonical JSON: one judgement of one answer. Lines stand in the order of `dataset.jsonl`, then
 * of `answer`, then of `repeat`.
 */
export interface SampleLine {
  sample_id: string
  channel: string
  origin: SampleOrigin
  timestamp: string
  /** SHA-256 of the sample's line in `dataset.jsonl`, without the line feed. */
  sample_sha256: string
  /** From 1: which answer to the same source (`--answer-repeats`). */
  answer: number
  /**
   * Of the judged text, whose line in `answers.jsonl` has the same sample and answer; null where none was written. Absent when the
   * answers are those of the dataset.
   */
  answer_sha256?: string | null
  /** From 1: which judgement of that answer (`--judge-repeats`). */
  repeat: number
  /** By name; every score of the scenario is there, measured or with the reason why not. */
  scores: Readonly<Record<string, Score>>
  /** Of writing the summary; null where nobody measured it. */
  latency_seconds: number | null
  truncated_characters: number
  usage: TokenUsage | null
  /** How the judge came to its scores; null for judges that compute. */
  trail: ReplyTrail | null
}

/** A trail whose answers stand in `replies.jsonl`, found by their SHA-256. */
export interface ReplyTrail extends Omit<JudgeTrail, 'reply' | 'first_reply'> {
  reply_sha256: string | null
  first_reply_sha256: string | null
}

/** One line of `replies.jsonl`: a raw answer of a judge, each text once. */
export interface ReplyLine {
  sha256: string
  text: string
}
