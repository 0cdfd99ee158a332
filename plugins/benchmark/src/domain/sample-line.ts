import {ownField, type JudgedSample, type JudgeTrail, type Score, type TokenUsage, type Judgement} from '@ep23/sdk'

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

/** SHA-256 of UTF-8 text as lower-case hex; handed in, because the domain has no crypto of its own. */
export type HashText = (text: string) => string

interface JudgedAnswer {
  sample: JudgedSample
  sampleSha256: string
  answer: number
  repeat: number
  /** Of the answer's text when it was written for this run; null where none was written. */
  answerSha256?: string | null
}

/**
 * A judgement as its line and the raw answers it rests on. Scores that the judge did not mention are unmeasured, numbers outside
 * 0 … 1 are not scores.
 */
export function toSampleLine(
  {sample, sampleSha256, answer, repeat, answerSha256}: JudgedAnswer,
  judgement: Judgement,
  scores: readonly string[],
  hash: HashText,
): {line: SampleLine; replies: ReplyLine[]} {
  const {sample_id, channel, timestamp, latency_seconds, metadata} = sample
  const {trail, replies} = partTrail(judgement.trail, hash)
  // Fields in canonical order: such lines are written several times faster.
  const line: SampleLine = {
    answer,
    ...(answerSha256 !== undefined && {answer_sha256: answerSha256}),
    channel,
    latency_seconds: latency_seconds ?? null,
    origin: metadata.origin,
    repeat,
    sample_id,
    sample_sha256: sampleSha256,
    scores: Object.fromEntries(scores.toSorted().map(name => [name, soundScore(judgement, name)])),
    timestamp,
    trail,
    truncated_characters: judgement.truncated_characters ?? 0,
    usage: judgement.usage ?? null,
  }
  return {line, replies}
}

function soundScore({scores}: Judgement, name: string): SampleLine['scores'][string] {
  const score = ownField(scores, name)
  if (score === undefined) return {unmeasured: 'judge_failed', detail: 'the judge gave no such score'}
  if (!('value' in score) || (score.value >= 0 && score.value <= 1)) return score
  return {unmeasured: 'judge_failed', detail: `${String(score.value)} is not a score from 0 to 1`}
}

function partTrail(trail: JudgeTrail | undefined, hash: HashText): {trail: ReplyTrail | null; replies: ReplyLine[]} {
  if (!trail) return {trail: null, replies: []}
  const {reply, first_reply: first, ...rest} = trail
  const replies = [reply, first].filter(text => typeof text === 'string').map(text => ({sha256: hash(text), text}))
  const addressOf = (text: string | null | undefined): string | null => (typeof text === 'string' ? hash(text) : null)
  return {trail: {...rest, reply_sha256: addressOf(reply), first_reply_sha256: addressOf(first)}, replies}
}
