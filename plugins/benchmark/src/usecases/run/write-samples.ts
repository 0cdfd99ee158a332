import type {JudgedSample, Judgement, StepReport} from '@ep23/sdk'

import {RunAssessor} from '../../domain/assessment/assess-run.js'
import {canonicalLine} from '@ep23/plugin-exporters'
import {toSampleLine} from '../../domain/judgement.js'
import {RUN_FILES} from '../../domain/run-files.js'
import type {FileFacts, JournalEntry} from '../../domain/run-folder.js'
import type {ReplyLine} from '../../domain/sample.js'
import type {Assessment} from '../../domain/run-result.js'
import type {RunDeps} from './run-deps.js'
import type {RunRequest} from './run-request.js'
import {type RunState, settled} from './run-state.js'

/**
 * Writes `samples.jsonl` and `replies.jsonl` in the dataset's order and assesses the run on the way. What was not judged any more
 * stands there too, unmeasured.
 */
export async function writeSamples(
  deps: RunDeps,
  request: RunRequest,
  state: RunState,
  report: StepReport,
): Promise<Assessment> {
  const assessor = new RunAssessor(request.scenario, request.judge.scale)
  let asked = false
  async function* lines(): AsyncGenerator<string> {
    let done = 0
    for await (const {line} of completeEntries(deps, request, state)) {
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

async function* completeEntries(
  {folder, hashText}: RunDeps,
  request: RunRequest,
  state: RunState,
): AsyncGenerator<Pick<JournalEntry, 'line'>> {
  const entries = settled(state, 'journal').ordered()[Symbol.asyncIterator]()
  let next = await entries.next()
  let place = 0
  for await (const text of folder.lines(RUN_FILES.dataset))
    for (let repeat = 1; repeat <= request.judgeRepeats; repeat++, place++) {
      if (!next.done && next.value.place === place) {
        yield next.value
        next = await entries.next()
        continue
      }
      const answer = {sample: JSON.parse(text) as JudgedSample, sampleSha256: hashText(text), answer: 1, repeat}
      yield toSampleLine(answer, notReached(request, state), request.scenario.scores, hashText)
    }
}

function notReached({scenario}: RunRequest, {stopped = 'the run ended'}: RunState): Judgement {
  const score = {unmeasured: 'budget_spent', detail: stopped} as const
  return {scores: Object.fromEntries(scenario.scores.map(name => [name, score]))}
}
