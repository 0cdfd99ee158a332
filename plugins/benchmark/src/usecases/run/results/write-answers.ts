import type {JudgedSample} from '@ep23/sdk'
import {canonicalLine} from '@ep23/plugin-exporters'

import type {AnswerLine} from '../../../domain/answers/answer-line.js'
import type {AskedAnswers} from '../../../domain/answers/answer-writer.js'
import type {RunAssessor} from '../../../domain/assessment/assess-run.js'
import {RUN_FILES} from '../../../domain/run-files.js'
import type {FileFacts} from '../../../domain/run-folder.js'
import type {RunDeps} from '../run-deps.js'
import {type RunState, settled} from '../run-state.js'
import {unwritten} from '../judging/written-answers.js'

/** Writes `answers.jsonl` in the dataset's order; answers that were not asked for any more stand there too, as missing. */
export async function writeAnswers(
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
