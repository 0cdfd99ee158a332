import {join} from 'node:path'

import {joined, type StepReport, type JudgedSample, type Judgement, type Message} from '@ep23/sdk'

import {type AnswerLine, answeredSample} from '../../domain/answers.js'
import {RUN_FILES, type JudgedEntry, type Journal} from '../../domain/run-folder.js'
import {toSampleLine} from '../../domain/sample-line.js'
import type {Executor, QuestionContext} from '../../domain/executor.js'
import {bothUsages} from '../../domain/usage.js'
import type {BegunRun} from './begin-run.js'
import {Budget} from './budget.js'
import {reloadConcurrency, Semaphore} from './concurrency.js'
import {nothing, isTransient} from './judge-with-deadline.js'
import {localExecutor} from './local-executor.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {RunningMeans} from './running-means.js'
import {tasksOf, judgementsOf, type Task} from './tasks.js'
import {WrittenAnswers} from './written-answers.js'

/** Who is told what happens. */
interface Watcher {
  report: StepReport
  warn: (sentence: Message) => void
}

/**
 * Judges what the journal does not hold yet. Every judgement is in the journal as soon as it stands; a limit that is reached, or
 * Ctrl-C, lets the judgements under way end and asks for no more.
 * @returns why it stopped before the last sample, in a sentence
 */
export async function judgeSamples(
  deps: RunDeps,
  request: RunRequest,
  run: BegunRun,
  watcher: Watcher,
): Promise<Message | undefined> {
  await request.judge.begin?.({path: join(deps.folder.path, RUN_FILES.dataset), signal: deps.signal})
  // Only what is written while it runs counts.
  await deps.folder.remove(RUN_FILES.concurrency)
  const judging = new Judging(deps, request, run, watcher)
  try {
    for await (const task of tasksOf(deps, request)) {
      if (judging.isOver()) break
      await judging.begin(task)
    }
  } finally {
    await judging.end()
  }
  return judging.stopped()
}

/** Entries that may stand in the file without being synced yet, when judging is faster than the disk. */
const MOST_UNSYNCED = 1024

const NOTE_EVERY_SECONDS = 0.1

/** Judgements side by side, as many as the judge allows. */
class Judging {
  readonly #slots: Semaphore
  readonly #unsynced = new Semaphore(MOST_UNSYNCED)
  readonly #budget: Budget
  readonly #signal: AbortSignal
  readonly #noMore: AbortSignal
  readonly #executor: Executor
  readonly #run: string
  readonly #means: RunningMeans
  readonly #journal: Journal<JudgedEntry>
  readonly #answers: WrittenAnswers | undefined
  readonly #total: number
  readonly #stopWatching: () => void
  #nextNote = -Infinity
  readonly #failed = new AbortController()
  #failure: unknown

  constructor(
    private readonly deps: RunDeps,
    private readonly request: RunRequest,
    run: BegunRun,
    private readonly watcher: Watcher,
  ) {
    const {judge, limits, scenario} = request
    const {journal, answers, dataset, plan} = run
    this.#run = plan.run_id
    this.#executor = request.executor ?? localExecutor({judge, writer: answers?.writer, seconds: limits.sampleSeconds})
    this.#slots = new Semaphore(this.#executor.concurrency)
    this.#budget = new Budget(limits, deps.clock, watcher.warn)
    this.#signal = AbortSignal.any([deps.signal, this.#budget.signal])
    this.#noMore = AbortSignal.any([this.#budget.noMore, this.#failed.signal])
    this.#means = new RunningMeans(scenario.scores)
    this.#journal = journal
    this.#answers = answers && this.#writing(answers)
    this.#total = judgementsOf(dataset.facts.records, request)
    this.#stopWatching = reloadConcurrency(deps, this.#executor, {fit: () => this.#fit(), tell: watcher.warn})
    this.#fit()
  }

  isOver(): boolean {
    return this.#failure !== undefined || this.deps.signal.aborted || this.#budget.spent() !== undefined
  }

  stopped(): Message | undefined {
    return this.#budget.spent()
  }

  /** Waits until there is room, then judges beside others. */
  async begin(task: Task): Promise<void> {
    if (this.#journal.has(task.place)) return
    await this.#slots.take()
    if (this.isOver()) return this.#slots.free()
    void this.#judge(task)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#slots.free())
  }

  async end(): Promise<void> {
    await this.#slots.allFree()
    await this.#unsynced.allFree()
    this.#stopWatching()
    this.#budget.close()
    if (this.#failure !== undefined) throw this.#failure
  }

  /** What waits for a worker is begun before the run knows what others cost: only what can be paid for waits. */
  #fit(): void {
    const {concurrency, waiting = 0} = this.#executor
    this.#slots.resize(Math.max(concurrency - waiting, Math.min(concurrency, Math.floor(this.#budget.affordable()))))
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    this.#failed.abort()
  }

  #writing({journal}: NonNullable<BegunRun['answers']>): WrittenAnswers {
    const contextOf = (task: Task): QuestionContext => this.#contextOf(task)
    const {hashText} = this.deps
    return new WrittenAnswers({executor: this.#executor, journal, budget: this.#budget, contextOf, hashText})
  }

  #contextOf({answer, repeat}: Task): QuestionContext {
    return {run: this.#run, answer, repeat, signal: this.#signal, noMore: this.#noMore}
  }

  async #judge(task: Task): Promise<void> {
    const answer = await this.#answers?.of(task)
    if (this.#answers && !answer) return
    const sample = answer ? answeredSample(task.sample, answer, this.request.answers?.writer.model ?? '') : task.sample
    const judgement = await this.#judgement(task, sample, answer)
    if (!judgement) return
    this.#budget.add(judgement.usage)
    this.#fit()
    const retry = isTransient(judgement)
    // What a stop cut short is not a result, and the next attempt judges it; but what it cost was paid for.
    if (retry && this.#signal.aborted && !judgement.usage) return
    await this.#record(this.#entry(task, sample, answer, {judgement, retry}))
  }

  async #judgement(task: Task, sample: JudgedSample, answer: AnswerLine | undefined): Promise<Judgement | undefined> {
    const missing = answer?.missing
    if (missing) return nothing(this.request.scenario.scores, missing.unmeasured, missing.detail)
    return this.#executor.judge(sample, this.#contextOf(task))
  }

  #entry(
    {sampleSha256, answer, repeat, place}: Task,
    sample: JudgedSample,
    written: AnswerLine | undefined,
    {judgement, retry}: {judgement: Judgement; retry: boolean},
  ): JudgedEntry {
    const judged = {sample, sampleSha256, answer, repeat, ...(written && {answerSha256: written.sha256})}
    const {line, replies} = toSampleLine(judged, judgement, this.request.scenario.scores, this.deps.hashText)
    const usage = bothUsages(this.#journal.entry(place)?.line.usage ?? null, line.usage)
    return {place, retry, line: {...line, usage}, replies}
  }

  async #record(entry: JudgedEntry): Promise<void> {
    this.#means.add(entry.line)
    await this.#unsynced.take()
    void this.#journal
      .append(entry)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#unsynced.free())
    this.watcher.report.advance(this.#journal.size, this.#total, 'judgements')
    this.#note()
  }

  /** What is known so far; nobody reads faster than this. */
  #note(): void {
    const now = this.deps.clock.monotonic()
    if (now < this.#nextNote && this.#journal.size < this.#total) return
    this.#nextNote = now + NOTE_EVERY_SECONDS
    const known = [this.#means.text(), this.#budget.text()].filter(({english}) => english !== '')
    this.watcher.report.note(joined(known, ' · '))
  }
}
