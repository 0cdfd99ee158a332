import {withDeadline} from '@ep23/llm/deadline'

import type {AnswerLine, AnswerWriter, WrittenAnswer} from '../../domain/answers.js'
import type {AnsweredEntry, Journal} from '../../domain/run-folder.js'
import type {HashText} from '../../domain/sample-line.js'
import {bothUsages} from '../../domain/usage.js'
import type {Budget} from './budget.js'
import {isOnPurpose, mayComeYet} from './judge-with-deadline.js'
import type {Task} from './tasks.js'

interface WritingParts {
  writer: AnswerWriter
  journal: Journal<AnsweredEntry>
  budget: Budget
  /** Of the run. */
  signal: AbortSignal
  /** For one answer, all attempts together. */
  seconds: number
  hashText: HashText
}

/** The answers of a run, each written once and in the journal as soon as it stands, just before it is judged. */
export class WrittenAnswers {
  #last: {place: number; line: Promise<AnswerLine>} | undefined

  constructor(private readonly parts: WritingParts) {}

  /** Tasks come in order, so that all judgements of one answer ask one after the other. */
  of(task: Task): Promise<AnswerLine> {
    if (this.#last?.place !== task.answerPlace) this.#last = {place: task.answerPlace, line: this.#find(task)}
    return this.#last.line
  }

  async #find(task: Task): Promise<AnswerLine> {
    const {journal, signal, budget} = this.parts
    const known = journal.entry(task.answerPlace)
    if (known && !known.retry) return known.line
    const written = await this.#write(task)
    budget.add(written.usage ?? undefined)
    const line = this.#toLine(task, {...written, usage: bothUsages(known?.line.usage ?? null, written.usage)})
    const retry = line.missing !== null && mayComeYet(line.missing.unmeasured)
    // What a stop cut short is no result; but what it cost was paid for.
    if (signal.aborted && retry && line.usage === null) return line
    await journal.append({place: task.answerPlace, retry, line})
    return line
  }

  #write({sample, answer}: Task): Promise<WrittenAnswer> {
    const {writer, signal, seconds} = this.parts
    if (writer.concurrency === undefined) return guarded(() => writer.write(sample, {answer, signal}))
    return withDeadline(own => guarded(() => writer.write(sample, {answer, signal: own})), {
      signal,
      seconds,
      late: detail => unwritten('timed_out', detail),
    })
  }

  #toLine({sample, answer}: Task, {text, missing, latency_seconds, usage, trail}: WrittenAnswer): AnswerLine {
    const sha256 = text === null ? null : this.parts.hashText(text)
    return {sample_id: sample.sample_id, answer, sha256, text, missing, latency_seconds, usage, trail}
  }
}

async function guarded(write: () => Promise<WrittenAnswer>): Promise<WrittenAnswer> {
  try {
    return await write()
  } catch (error) {
    if (isOnPurpose(error)) throw error
    return unwritten('judge_failed', error instanceof Error ? error.message : String(error))
  }
}

export function unwritten(unmeasured: NonNullable<AnswerLine['missing']>['unmeasured'], detail: string): WrittenAnswer {
  const missing = {unmeasured, detail: `nothing was written: ${detail}`}
  return {text: null, missing, latency_seconds: null, usage: null, trail: null}
}
