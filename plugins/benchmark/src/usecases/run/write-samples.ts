import {canonicalLine} from '@ep23/plugin-exporters'
import type {JudgedSample, StepReport} from '@ep23/sdk'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import {RunAssessor} from '../../domain/assess-run.js'
import {instrumentOf} from '../../domain/calibration-status.js'
import {HashPlaces} from '../../domain/hash-places.js'
import {RUN_FILES, type FileFacts} from '../../domain/run-folder.js'
import type {Assessment} from '../../domain/run-result.js'
import {toSampleLine, type SampleLine} from '../../domain/sample-line.js'
import type {BegunRun, JudgedRun} from './begin-run.js'
import {nothing} from './judge-with-deadline.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {judgementsOf} from './tasks.js'
import {unwritten} from './written-answers.js'

/** What the judged samples give, and the files that hold them. */
export interface AssessedRun {
  assessment: Assessment
  files: readonly FileFacts[]
}

/**
 * Writes `answers.jsonl`, `samples.jsonl` and `replies.jsonl` in the dataset's order and assesses the run on the way. What was
 * not judged any more stands there too, unmeasured.
 */
export async function writeSamples(
  deps: RunDeps,
  request: RunRequest,
  run: JudgedRun,
  report: StepReport,
): Promise<AssessedRun> {
  const {identity, started_at} = run.plan
  const {calibrations, requireCalibration: require_calibration} = request
  const instrument = instrumentOf({identity, started_at, calibrations, require_calibration})
  const assessor = new RunAssessor(request.scenario, request.judge.scale, {
    instrument,
    shared: run.dataset.facts.shared_news,
  })
  const answers = run.answers ? [await writeAnswers(deps, run.answers, run, assessor)] : []
  let asked = false
  async function* lines(): AsyncGenerator<string> {
    let done = 0
    for await (const line of completeLines(deps, request, run)) {
      assessor.add(line)
      asked ||= line.trail !== null
      report.advance(++done, undefined, 'lines')
      yield `${canonicalLine(line)}\n`
    }
  }
  const samples = await deps.folder.write(RUN_FILES.samples, lines())
  const replies = asked ? [await writeReplies(deps, run)] : []
  return {assessment: assessor.finish(), files: [...answers, samples, ...replies]}
}

async function writeReplies(deps: RunDeps, {journal}: BegunRun): Promise<FileFacts> {
  const seen = new HashPlaces(deps.sha256)
  async function* lines(): AsyncGenerator<string> {
    for await (const {replies} of journal.ordered())
      for (const reply of replies) if (seen.add(reply.sha256) === undefined) yield `${canonicalLine(reply)}\n`
  }
  return deps.folder.write(RUN_FILES.replies, lines())
}

async function* completeLines(deps: RunDeps, request: RunRequest, run: JudgedRun): AsyncGenerator<SampleLine> {
  const {journal, dataset} = run
  if (journal.size < judgementsOf(dataset.facts.records, request)) {
    yield* withUnjudged(deps, request, run)
    return
  }
  for await (const {line} of journal.ordered()) yield line
}

async function* withUnjudged(deps: RunDeps, request: RunRequest, run: JudgedRun): AsyncGenerator<SampleLine> {
  const {folder, hashText} = deps
  const entries = run.journal.ordered()[Symbol.asyncIterator]()
  const answers = request.answers && folder.lines(RUN_FILES.answers)[Symbol.asyncIterator]()
  let next = await entries.next()
  let place = 0
  for await (const text of folder.lines(RUN_FILES.dataset)) {
    const sampleSha256 = hashText(text)
    for (let answer = 1; answer <= (request.answers?.repeats ?? 1); answer++) {
      const written = answers && (JSON.parse((await answers.next()).value as string) as AnswerLine)
      for (let repeat = 1; repeat <= request.judgeRepeats; repeat++, place++) {
        if (!next.done && next.value.place === place) {
          yield next.value.line
          next = await entries.next()
          continue
        }
        yield unjudged({text, sampleSha256, written, answer, repeat, hashText}, request, run)
      }
    }
  }
}

interface Unjudged {
  text: string
  sampleSha256: string
  written: AnswerLine | undefined
  answer: number
  repeat: number
  hashText: RunDeps['hashText']
}

function unjudged(
  {text, sampleSha256, written, answer, repeat, hashText}: Unjudged,
  {scenario, answers}: RunRequest,
  {stopped}: JudgedRun,
): SampleLine {
  const record = JSON.parse(text) as JudgedSample
  const sample = written ? answeredSample(record, written, answers?.writer.model ?? '') : record
  const judged = {sample, sampleSha256, answer, repeat, ...(written && {answerSha256: written.sha256})}
  return toSampleLine(judged, nothing(scenario.scores, 'budget_spent', detailOf(stopped)), scenario.scores, hashText)
    .line
}

/** Writes `answers.jsonl` in the dataset's order; answers that were not asked for any more stand there too, as missing. */
async function writeAnswers(
  {folder}: RunDeps,
  {repeats, journal}: NonNullable<BegunRun['answers']>,
  run: JudgedRun,
  assessor: RunAssessor,
): Promise<FileFacts> {
  async function* lines(): AsyncGenerator<string> {
    let place = 0
    for await (const text of folder.lines(RUN_FILES.dataset)) {
      const {sample_id: id} = JSON.parse(text) as JudgedSample
      for (let answer = 1; answer <= repeats; answer++) {
        const line = journal.entry(place++)?.line ?? notReached(id, answer, run)
        assessor.addAnswer(line)
        yield `${canonicalLine(line)}\n`
      }
    }
  }
  return folder.write(RUN_FILES.answers, lines())
}

function notReached(id: string, answer: number, {stopped}: JudgedRun): AnswerLine {
  return {sample_id: id, answer, sha256: null, ...unwritten('budget_spent', detailOf(stopped))}
}

/** Files of a run are in English. */
function detailOf(stopped: JudgedRun['stopped']): string {
  return stopped?.english ?? 'the run ended'
}
