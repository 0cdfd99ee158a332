import type {JudgedSample, Unmeasured, Text} from '@ep23/sdk'

import type {AnswerLine} from '../../domain/answers.js'
import {RunAssessor} from '../../domain/assess-run.js'
import {instrumentOf} from '../../domain/calibration-status.js'
import {RUN_FILES} from '../../domain/run-folder.js'
import type {Assessment, RunResult} from '../../domain/run-result.js'
import type {SampleLine} from '../../domain/sample-line.js'
import {AnswerEvidence, DatasetEvidence, type DatasetFindings, formDifference, type LineDeps} from './evidence.js'
import {firstDifference, parseLine} from './first-difference.js'
import {RawAnswers} from './raw-answers.js'
import {isUnjudged, obstacle, type Recompute, recomputeOf} from './recompute-scores.js'
import {message} from '../../words/words.js'

/** Everything that the lines of a run give when they are computed again. */
export interface LineFindings extends DatasetFindings {
  lines: number
  /** Lines whose scores were computed again from texts or raw answers. */
  recomputed: number
  scoreDifference: Text | undefined
  replyDifference: Text | undefined
  answerDifference: Text | undefined
  assessment: Assessment
}

/** Walks dataset, answers and samples side by side, in flat memory but for some numbers a sample. */
export async function verifyLines(deps: LineDeps, run: RunResult): Promise<LineFindings> {
  const {files, sha256, hashText} = deps
  const replies = await RawAnswers.of(deps)
  const {answers: asked} = run.identity
  const answers = asked.model === null ? undefined : new AnswerEvidence(files.lines(RUN_FILES.answers), run, hashText)
  const dataset = new DatasetEvidence(sha256)
  const known = {instrument: instrumentOf(run), shared: run.dataset.shared_news}
  const assessor = new RunAssessor(run.scenario, run.identity.judge.scale, known)
  const walk = new SampleWalk(files.lines(RUN_FILES.samples), run, {replies, assessor})
  for await (const text of files.lines(RUN_FILES.dataset)) {
    const record = dataset.add(text)
    const sampleSha256 = hashText(text)
    for (let answer = 1; answer <= asked.repeats; answer++) {
      const written = await answers?.next(record, answer)
      if (written) assessor.addAnswer(written.line)
      await walk.judgements({sample: written?.sample ?? record, sampleSha256, answer, answered: written?.line})
    }
  }
  await answers?.end()
  await walk.end()
  return {
    ...dataset.findings(),
    ...{lines: walk.lines, recomputed: walk.recomputed, scoreDifference: walk.difference},
    answerDifference: answers?.difference,
    replyDifference: replies.difference,
    assessment: assessor.finish(),
  }
}

interface AnswerToJudge {
  /** With the answer that was judged. */
  sample: JudgedSample
  sampleSha256: string
  answer: number
  /** Absent when the answers came with the dataset. */
  answered: AnswerLine | undefined
}

/** The lines of `samples.jsonl`, each computed again. */
class SampleWalk {
  readonly #samples: AsyncIterator<string>
  readonly #again: Recompute | undefined
  lines = 0
  recomputed = 0
  difference: Text | undefined

  constructor(
    samples: AsyncIterable<string>,
    private readonly run: RunResult,
    private readonly parts: {replies: RawAnswers; assessor: RunAssessor},
  ) {
    this.#samples = samples[Symbol.asyncIterator]()
    this.#again = obstacle(run) === undefined ? recomputeOf(run) : undefined
  }

  /** All judgements of one answer. */
  async judgements(judged: AnswerToJudge): Promise<void> {
    for (let repeat = 1; repeat <= this.run.identity.judge_repeats; repeat++) {
      const next = await this.#samples.next()
      if (next.done) return
      this.lines += 1
      const line = parseLine(next.value, RUN_FILES.samples, this.lines) as SampleLine
      this.parts.assessor.add(line)
      this.difference ??=
        formDifference(RUN_FILES.samples, this.lines, next.value, line) ??
        lineDifference(line, {...identityOf(judged, repeat), scores: this.#scores(judged, line)}, this.lines)
    }
  }

  async end(): Promise<void> {
    if (!(await this.#samples.next()).done) this.difference ??= message('moreLines', {file: RUN_FILES.samples})
  }

  #scores({sample, answered}: AnswerToJudge, line: SampleLine): SampleLine['scores'] {
    const {missing} = answered ?? {}
    const reply = line.trail?.reply_sha256 ? this.parts.replies.textOf(line.trail.reply_sha256) : undefined
    const scores = missing ? withoutAnswer(this.run, missing, line) : this.#again?.(sample, line, reply)
    if (scores) this.recomputed += 1
    return scores ?? line.scores
  }
}

/** What was not written was not judged: the same reason stands for every score, unless a limit came first. */
function withoutAnswer({scenario}: RunResult, missing: Unmeasured, line: SampleLine): SampleLine['scores'] | undefined {
  if (isUnjudged(line)) return undefined
  return Object.fromEntries(scenario.scores.map(name => [name, missing]))
}

function identityOf({sample, sampleSha256, answer, answered}: AnswerToJudge, repeat: number) {
  return {
    sample_id: sample.sample_id,
    channel: sample.channel,
    origin: sample.metadata.origin,
    timestamp: sample.timestamp,
    sample_sha256: sampleSha256,
    answer,
    ...(answered && {answer_sha256: answered.sha256}),
    repeat,
    latency_seconds: sample.latency_seconds ?? null,
  }
}

function lineDifference(line: SampleLine, computed: Partial<SampleLine>, number: number): Text | undefined {
  const stored = Object.fromEntries(Object.keys(computed).map(field => [field, line[field as keyof SampleLine]]))
  const difference = firstDifference(stored, computed)
  return difference && message('atLineOf', {line: number, sample: line.sample_id, difference})
}
