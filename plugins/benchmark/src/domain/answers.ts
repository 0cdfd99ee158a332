import type {JudgedSample, TokenUsage, Unmeasured, UnmeasuredReason} from '@ep23/sdk'

import {countReason} from './sample-table.js'
import {countUsage, noUsage, type UsageFacts} from './usage.js'

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

/** What `answers.jsonl` says as a whole. */
export interface AnswerFacts {
  answers: number
  written: number
  missing: Readonly<Partial<Record<UnmeasuredReason, number>>>
  /** Samples of which at least two answers are different texts. */
  differing: number
  usage: UsageFacts
}

/** Takes the lines one by one; lines of a sample come one after the other. */
export class AnswerTally {
  readonly #facts = {answers: 0, written: 0, missing: {} as Partial<Record<UnmeasuredReason, number>>, differing: 0}
  readonly #usage = noUsage()
  #sample = ''
  #texts = new Set<string>()

  add({sample_id: id, sha256, missing, usage, trail}: AnswerLine): void {
    if (id !== this.#sample) this.#texts = new Set()
    this.#sample = id
    this.#facts.answers += 1
    if (missing) countReason(this.#facts.missing, missing.unmeasured)
    countUsage(this.#usage, usage, trail)
    if (sha256 === null) return
    this.#facts.written += 1
    this.#texts.add(sha256)
    if (this.#texts.size === 2) this.#countDiffering()
  }

  /** Undefined when there was no line at all: the answers are those of the dataset. */
  facts(): AnswerFacts | undefined {
    return this.#facts.answers === 0 ? undefined : {...this.#facts, usage: this.#usage}
  }

  #countDiffering(): void {
    this.#facts.differing += 1
    // A third text makes the sample no more different.
    this.#texts.add('counted')
  }
}

export type WrittenAnswer = Pick<AnswerLine, 'text' | 'missing' | 'latency_seconds' | 'usage' | 'trail'>

/**
 * Port: whoever writes answers anew. Answers to one source are exchangeable: each is written from the source alone, by the same
 * writer, with the same question.
 */
export interface AnswerWriter {
  /** Which model writes, or `extractive-1`. */
  readonly model: string
  readonly prompt: {readonly version: string; readonly sha256: string} | null
  /** Everything else that a second run must repeat. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  /** Answers that may be under way at once; absent when it computes. */
  readonly concurrency?: number
  /**
   * What cannot be written says why in `missing`; it throws only what must end the run, such as a rejected key.
   * @param answer from 1
   */
  write(sample: JudgedSample, context: {readonly answer: number; readonly signal: AbortSignal}): Promise<WrittenAnswer>
  /** Another number of answers at once, while it writes. */
  retune?(concurrency: number): void
}

/** How the answers of a run are written anew. */
export interface AnswerOptions {
  writer: AnswerWriter
  /** Answers to each source. */
  repeats: number
}
