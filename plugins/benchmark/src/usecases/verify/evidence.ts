import {hasCode, ownField, type JudgedSample, type Message, type Text} from '@ep23/sdk'
import {EXTRACTIVE_VERSION, summarizeText} from '@ep23/plugin-dataset/summaries'
import {canonicalLine} from '@ep23/plugin-exporters'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import {MerkleRoot, type Sha256} from '../../domain/hashes.js'
import {RecordedJudges} from '../../domain/judge-signature.js'
import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import type {HashText} from '../../domain/sample-line.js'
import {firstDifference, parseLine} from './first-difference.js'
import {message} from '../../words/words.js'

export interface EvidenceFiles {
  /** Lines of a file without their line feeds; nothing when it is missing. */
  lines: (name: string) => AsyncIterable<string>
  text: (name: string) => Promise<string | undefined>
  /** So many bytes of a file from a byte on, as text. */
  part: (name: string, start: number, bytes: number) => string
}

export interface LineDeps {
  files: EvidenceFiles
  sha256: Sha256
  hashText: HashText
}

/** The answers that were written for a run, read beside its dataset and held against their hashes. */
export class AnswerEvidence {
  readonly #lines: AsyncIterator<string>
  readonly #model: string
  /** The first difference between what is stored and what comes out again. */
  difference: Text | undefined
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
      this.difference ??= message('answersEnd', {file: RUN_FILES.answers, lines: this.#read})
      return undefined
    }
    this.#read += 1
    const line = parseLine(next.value, RUN_FILES.answers, this.#read) as AnswerLine
    this.difference ??= this.#differenceIn(next.value, line, {record, answer})
    return {line, sample: answeredSample(record, line, this.#model)}
  }

  async end(): Promise<void> {
    if (!(await this.#lines.next()).done) this.difference ??= message('answersMore', {file: RUN_FILES.answers})
  }

  #differenceIn(
    text: string,
    line: AnswerLine,
    {record, answer}: {record: JudgedSample; answer: number},
  ): Text | undefined {
    const unlike = formDifference(RUN_FILES.answers, this.#read, text, line)
    if (unlike) return unlike
    const stored = {sample_id: line.sample_id, answer: line.answer, sha256: line.sha256, text: line.text}
    const again = this.#textAgain(record, line)
    const computed = {
      sample_id: record.sample_id,
      answer,
      sha256: again === null ? null : this.hashText(again),
      text: again,
    }
    const difference = firstDifference(stored, computed)
    return difference && message('atLineOf', {line: this.#read, sample: line.sample_id, difference})
  }

  // What a model wrote nobody can write again; the extractive writer's text comes out of the source.
  #textAgain({source_text: source}: JudgedSample, {text, missing}: AnswerLine): string | null {
    if (missing) return null
    return this.#model === EXTRACTIVE_VERSION ? summarizeText(source) : text
  }
}

/** What the lines of a dataset give when they are counted again. */
export interface DatasetFindings {
  root: string
  records: number
  datasetDifference: Text | undefined
  byOrigin: Record<string, number>
  byChannel: Record<string, number>
  /** Who gave the stored scores. */
  recordedJudges: RecordedJudges
}

/** The lines of `dataset.jsonl`, each counted again. */
export class DatasetEvidence {
  readonly #root: MerkleRoot
  readonly #recordedJudges = new RecordedJudges()
  readonly #byOrigin: Record<string, number> = {}
  readonly #byChannel: Record<string, number> = {}
  #records = 0
  #difference: Text | undefined

  constructor(sha256: Sha256) {
    this.#root = new MerkleRoot(sha256)
  }

  add(text: string): JudgedSample {
    this.#records += 1
    this.#root.add(text)
    const record = parseLine(text, RUN_FILES.dataset, this.#records) as JudgedSample
    this.#difference ??= formDifference(RUN_FILES.dataset, this.#records, text, record)
    this.#recordedJudges.add(record)
    count(this.#byOrigin, record.metadata.origin)
    count(this.#byChannel, record.channel)
    return record
  }

  findings(): DatasetFindings {
    return {
      root: this.#root.root(),
      records: this.#records,
      datasetDifference: this.#difference,
      byOrigin: this.#byOrigin,
      byChannel: this.#byChannel,
      recordedJudges: this.#recordedJudges,
    }
  }
}

// Bytes, not meaning: a line that was written by anything else than this product shows here.
export function formDifference(file: string, number: number, text: string, value: unknown): Message | undefined {
  return canonicalFormOf(value) === text ? undefined : message('lineNotCanonical', {file, line: number})
}

/** Undefined for what has none: half a character that somebody wrote into it. */
export function canonicalFormOf(value: unknown): string | undefined {
  try {
    return canonicalLine(value)
  } catch (error) {
    if (hasCode(error, 'NOT_CANONICAL')) return undefined
    throw error
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (ownField(counts, name) ?? 0) + 1
}
