import type {UnmeasuredReason} from '@ep23/sdk'

import type {AnswerLine} from './answer-line.js'
import {countUsage, noUsage, type UsageFacts} from '../usage.js'

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
    if (missing) this.#facts.missing[missing.unmeasured] = (this.#facts.missing[missing.unmeasured] ?? 0) + 1
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
