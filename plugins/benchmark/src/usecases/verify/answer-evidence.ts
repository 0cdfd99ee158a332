import {EXTRACTIVE_VERSION, summarizeText} from '@ep23/plugin-dataset/summaries'
import {canonicalLine} from '@ep23/plugin-exporters'
import type {JudgedSample} from '@ep23/sdk'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import type {HashText} from '../../domain/sample-line.js'
import {firstDifference, parseLine} from './first-difference.js'

/** The answers that were written for a run, read beside its dataset and held against their hashes. */
export class AnswerEvidence {
  readonly #lines: AsyncIterator<string>
  readonly #model: string
  /** The first difference between what is stored and what comes out again. */
  difference: string | undefined
  #read = 0

  constructor(
    lines: AsyncIterable<string>,
    {identity}: RunResult,
    private readonly hashText: HashText,
  ) {
    this.#lines = lines[Symbol.asyncIterator]()
    this.#model = identity.answers.model ?? ''
  }

  /** The sample as it was judged, and its answer; undefined when the file ends too early. */
  async next(record: JudgedSample, answer: number): Promise<{line: AnswerLine; sample: JudgedSample} | undefined> {
    const next = await this.#lines.next()
    if (next.done) {
      this.difference ??= `${RUN_FILES.answers} ends after ${this.#read} lines`
      return undefined
    }
    this.#read += 1
    const line = parseLine(next.value, RUN_FILES.answers, this.#read) as AnswerLine
    this.difference ??= this.#differenceIn(next.value, line, {record, answer})
    return {line, sample: answeredSample(record, line, this.#model)}
  }

  async end(): Promise<void> {
    if (!(await this.#lines.next()).done)
      this.difference ??= `${RUN_FILES.answers} has more lines than its dataset has answers`
  }

  #differenceIn(
    text: string,
    line: AnswerLine,
    {record, answer}: {record: JudgedSample; answer: number},
  ): string | undefined {
    if (canonicalLine(line) !== text) return `${RUN_FILES.answers}, line ${this.#read} is not in its canonical form`
    const stored = {sample_id: line.sample_id, answer: line.answer, sha256: line.sha256, text: line.text}
    const again = this.#textAgain(record, line)
    const computed = {
      sample_id: record.sample_id,
      answer,
      sha256: again === null ? null : this.hashText(again),
      text: again,
    }
    const difference = firstDifference(stored, computed)
    return difference && `line ${this.#read} (${line.sample_id}), ${difference}`
  }

  // What a model wrote nobody can write again; the extractive writer's text comes out of the source.
  #textAgain({source_text: source}: JudgedSample, {text, missing}: AnswerLine): string | null {
    if (missing) return null
    return this.#model === EXTRACTIVE_VERSION ? summarizeText(source) : text
  }
}
