import {isMeasured, type UnmeasuredReason, ownField} from '@ep23/sdk'
import {mean, type Measurement, type RepeatedScores} from '@ep23/statistics'

import type {SampleLine} from './sample-line.js'

export type ReasonCounts = Partial<Record<UnmeasuredReason, number>>

/** One score, a value for each sample: the mean of its measured judgements. */
export interface ScoreColumn {
  values: Measurement[]
  unmeasured: ReasonCounts
  /** By sample, answer and judgement; kept only where something was repeated. */
  repeated: Measurement[][][] & RepeatedScores
}

/**
 * The lines of one origin as columns of numbers: texts are let go, so that memory stays small for any number of samples. Lines of
 * a sample come one after the other.
 */
export class SampleTable {
  readonly columns: ReadonlyMap<string, ScoreColumn>
  readonly channels: string[] = []
  /** What each sample is a part of for intervals: its channel, or channels that share their news. */
  readonly clusters: string[] = []
  /** One for each answer. */
  readonly latencies: Measurement[] = []
  /** Of those latencies. */
  readonly latencyClusters: string[] = []
  lines = 0
  /** Lines with every score measured. */
  measuredLines = 0
  /** Lines behind which there is a raw answer of the judge. */
  answeredLines = 0
  /** Most answers to a source, most judgements of an answer. */
  answersPerSample = 0
  judgementsPerAnswer = 0
  /** Samples with several written answers, and those of them whose answers are not all one text. */
  severalAnswers = 0
  differingAnswers = 0
  #sample: SampleLine[] = []
  // Every line brings its own copy of the channel's name.
  readonly #names = new Map<string, string>()

  constructor(
    scores: readonly string[],
    private readonly clusterOf: (channel: string) => string = channel => channel,
  ) {
    this.columns = new Map(scores.map(name => [name, {values: [], unmeasured: {}, repeated: []}]))
  }

  get samples(): number {
    return this.channels.length
  }

  add(line: SampleLine): void {
    if (this.#sample[0] !== undefined && this.#sample[0].sample_id !== line.sample_id) this.close()
    this.#sample.push(line)
    this.lines += 1
    if (line.trail !== null) this.answeredLines += 1
    if ([...this.columns.keys()].every(name => isMeasured(ownField(line.scores, name)))) this.measuredLines += 1
  }

  /** Ends the last sample; call it after the last line. */
  close(): void {
    const [first] = this.#sample
    if (!first) return
    const name = this.#names.get(first.channel) ?? first.channel
    this.#names.set(name, name)
    this.channels.push(name)
    this.clusters.push(this.clusterOf(name))
    this.#closeAnswers(this.clusterOf(name))
    for (const [score, column] of this.columns) this.#closeColumn(score, column)
    this.#sample = []
  }

  #closeAnswers(cluster: string): void {
    const texts = new Set<string>()
    let answers = 0
    let written = 0
    for (const {answer, repeat, latency_seconds: latency, answer_sha256: sha256} of this.#sample) {
      this.answersPerSample = Math.max(this.answersPerSample, answer)
      this.judgementsPerAnswer = Math.max(this.judgementsPerAnswer, repeat)
      if (answer === answers) continue
      answers = answer
      if (typeof sha256 === 'string') {
        texts.add(sha256)
        written += 1
      }
      this.latencies.push(latency ?? undefined)
      this.latencyClusters.push(cluster)
    }
    if (written > 1) this.severalAnswers += 1
    if (texts.size > 1) this.differingAnswers += 1
  }

  #closeColumn(name: string, column: ScoreColumn): void {
    const answers: Measurement[][] = []
    for (const {scores, answer} of this.#sample) {
      const score = ownField(scores, name)
      const value = isMeasured(score) ? score.value : undefined
      if (!isMeasured(score)) countReason(column.unmeasured, score?.unmeasured ?? 'judge_failed')
      ;(answers[answer - 1] ??= []).push(value)
    }
    const known = answers.flat().filter(value => value !== undefined)
    column.values.push(known.length > 0 ? mean(known) : undefined)
    if (this.#sample.length > 1) column.repeated.push(answers)
  }
}

export function countReason(counts: ReasonCounts, reason: UnmeasuredReason): void {
  counts[reason] = (ownField(counts, reason) ?? 0) + 1
}
