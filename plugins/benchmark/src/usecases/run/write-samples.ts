import {canonicalLine} from '@ep23/plugin-exporters'
import type {JudgedSample, StepReport} from '@ep23/sdk'

import {type AnswerLine, answeredSample, type AskedAnswers} from '../../domain/answers.js'
import {RunAssessor} from '../../domain/assessment/assess-run.js'
import {RUN_FILES, type FileFacts} from '../../domain/run-folder.js'
import type {Assessment} from '../../domain/run-result.js'
import {toSampleLine, type ReplyLine, type SampleLine} from '../../domain/sample-line.js'
import {instrumentOf} from '../../domain/score-calibration.js'
import {nothing} from './judge-within.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {type RunState, settled} from './run-state.js'
import {judgementsOf} from './tasks.js'
import {unwritten} from './written-answers.js'

/**
 * Writes `answers.jsonl`, `samples.jsonl` and `replies.jsonl` in the dataset's order and assesses the run on the way. What was
 * not judged any more stands there too, unmeasured.
 */
export async function writeSamples(
  deps: RunDeps,
  request: RunRequest,
  state: RunState,
  report: StepReport,
): Promise<Assessment> {
  const {identity, started_at} = settled(state, 'plan')
  const {calibrations, requireCalibration: require_calibration} = request
  const instrument = instrumentOf({identity, started_at, calibrations, require_calibration})
  const assessor = new RunAssessor(request.scenario, request.judge.scale, {
    instrument,
    shared: state.dataset?.shared_news ?? [],
  })
  if (request.answers) state.files.push(await writeAnswers(deps, request.answers, state, assessor))
  let asked = false
  async function* lines(): AsyncGenerator<string> {
    let done = 0
    for await (const line of completeLines(deps, request, state)) {
      assessor.add(line)
      asked ||= line.trail !== null
      report.advance(++done, undefined, 'lines')
      yield `${canonicalLine(line)}\n`
    }
  }
  state.files.push(await deps.folder.write(RUN_FILES.samples, lines()))
  if (asked) state.files.push(await writeReplies(deps, state))
  return assessor.finish()
}

async function writeReplies(deps: RunDeps, state: RunState): Promise<FileFacts> {
  const seen = new Set<string>()
  async function* lines(): AsyncGenerator<string> {
    for await (const {replies} of settled(state, 'journal').ordered())
      for (const reply of replies.filter(({sha256}) => !seen.has(sha256))) yield replyText(reply, seen)
  }
  return deps.folder.write(RUN_FILES.replies, lines())
}

function replyText(reply: ReplyLine, seen: Set<string>): string {
  seen.add(reply.sha256)
  return `${canonicalLine(reply)}\n`
}

async function* completeLines(deps: RunDeps, request: RunRequest, state: RunState): AsyncGenerator<SampleLine> {
  const journal = settled(state, 'journal')
  if (journal.size < judgementsOf(settled(state, 'dataset').records, request)) {
    yield* withUnjudged(deps, request, state)
    return
  }
  for await (const {line} of journal.ordered()) yield line
}

async function* withUnjudged(deps: RunDeps, request: RunRequest, state: RunState): AsyncGenerator<SampleLine> {
  const {folder, hashText} = deps
  const hashes = settled(state, 'sampleHashes')
  const entries = settled(state, 'journal').ordered()[Symbol.asyncIterator]()
  const answers = request.answers && folder.lines(RUN_FILES.answers)[Symbol.asyncIterator]()
  let next = await entries.next()
  let [samples, place] = [0, 0]
  for await (const text of folder.lines(RUN_FILES.dataset)) {
    const sampleSha256 = hashes.at(samples++)
    for (let answer = 1; answer <= (request.answers?.repeats ?? 1); answer++) {
      const written = answers && (JSON.parse((await answers.next()).value as string) as AnswerLine)
      for (let repeat = 1; repeat <= request.judgeRepeats; repeat++, place++) {
        if (!next.done && next.value.place === place) {
          yield next.value.line
          next = await entries.next()
          continue
        }
        yield unjudged({text, sampleSha256, written, answer, repeat, hashText}, request, state)
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
  {stopped = 'the run ended'}: RunState,
): SampleLine {
  const record = JSON.parse(text) as JudgedSample
  const sample = written ? answeredSample(record, written, answers?.writer.model ?? '') : record
  const judged = {sample, sampleSha256, answer, repeat, ...(written && {answerSha256: written.sha256})}
  return toSampleLine(judged, nothing(scenario.scores, 'budget_spent', stopped), scenario.scores, hashText).line
}

/** Writes `answers.jsonl` in the dataset's order; answers that were not asked for any more stand there too, as missing. */
async function writeAnswers(
  {folder}: RunDeps,
  {repeats}: AskedAnswers,
  state: RunState,
  assessor: RunAssessor,
): Promise<FileFacts> {
  const journal = settled(state, 'answerJournal')
  async function* lines(): AsyncGenerator<string> {
    let place = 0
    for await (const text of folder.lines(RUN_FILES.dataset)) {
      const {sample_id: id} = JSON.parse(text) as JudgedSample
      for (let answer = 1; answer <= repeats; answer++) {
        const line = journal.entry(place++)?.line ?? notReached(id, answer, state)
        assessor.addAnswer(line)
        yield `${canonicalLine(line)}\n`
      }
    }
  }
  return folder.write(RUN_FILES.answers, lines())
}

function notReached(id: string, answer: number, {stopped = 'the run ended'}: RunState): AnswerLine {
  return {sample_id: id, answer, sha256: null, ...unwritten('budget_spent', stopped)}
}
