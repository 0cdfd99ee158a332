import type {AnswerLine, WrittenAnswer} from '../../domain/answers.js'
import type {Executor, QuestionContext} from '../../domain/executor.js'
import type {AnsweredEntry, Journal} from '../../domain/run-folder.js'
import type {HashText} from '../../domain/sample-line.js'
import {bothUsages} from '../../domain/usage.js'
import type {Budget} from './budget.js'
import {mayComeYet} from './judge-with-deadline.js'
import type {Task} from './tasks.js'

interface WritingParts {
  executor: Executor
  journal: Journal<AnsweredEntry>
  budget: Budget
  contextOf: (task: Task) => QuestionContext
  hashText: HashText
}

/** The answers of a run, each written once and in the journal as soon as it stands, just before it is judged. */
export class WrittenAnswers {
  #last: {place: number; line: Promise<AnswerLine | undefined>} | undefined

  constructor(private readonly parts: WritingParts) {}

  /** Tasks come in order, so that all judgements of one answer ask one after the other. @returns undefined for what was not begun */
  of(task: Task): Promise<AnswerLine | undefined> {
    if (this.#last?.place !== task.answerPlace) this.#last = {place: task.answerPlace, line: this.#find(task)}
    return this.#last.line
  }

  async #find(task: Task): Promise<AnswerLine | undefined> {
    const {journal, executor, budget, contextOf} = this.parts
    const known = journal.entry(task.answerPlace)
    if (known && !known.retry) return known.line
    const context = contextOf(task)
    const written = await executor.write(task.sample, context)
    if (!written) return undefined
    budget.add(written.usage ?? undefined)
    const line = this.#toLine(task, {...written, usage: bothUsages(known?.line.usage ?? null, written.usage)})
    const retry = line.missing !== null && mayComeYet(line.missing.unmeasured)
    // What a stop cut short is no result; but what it cost was paid for.
    if (context.signal.aborted && retry && line.usage === null) return line
    await journal.append({place: task.answerPlace, retry, line})
    return line
  }

  #toLine({sample, answer}: Task, {text, missing, latency_seconds, usage, trail}: WrittenAnswer): AnswerLine {
    const sha256 = text === null ? null : this.parts.hashText(text)
    return {sample_id: sample.sample_id, answer, sha256, text, missing, latency_seconds, usage, trail}
  }
}

export function unwritten(unmeasured: NonNullable<AnswerLine['missing']>['unmeasured'], detail: string): WrittenAnswer {
  const missing = {unmeasured, detail: `nothing was written: ${detail}`}
  return {text: null, missing, latency_seconds: null, usage: null, trail: null}
}
