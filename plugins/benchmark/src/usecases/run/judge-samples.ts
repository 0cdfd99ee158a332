import {join} from 'node:path'

import type {JudgedSample, StepReport} from '@ep23/sdk'

import {toSampleLine} from '../../domain/judgement.js'
import {RUN_FILES} from '../../domain/run-files.js'
import {isTransient} from './transient.js'
import {Budget} from './budget.js'
import {judgeWithin} from './judge-within.js'
import type {RunDeps} from './run-deps.js'
import type {RunRequest} from './run-request.js'
import {RunningMeans} from './running-means.js'
import {type RunState, settled} from './run-state.js'
import {Slots} from './slots.js'

/** Entries that may stand in the file without being synced yet, when judging is faster than the disk. */
const MOST_UNSYNCED = 256

interface Task {
  sample: JudgedSample
  sha256: string
  place: number
  repeat: number
}

/**
 * Judges what the journal does not hold yet. Every judgement is in the journal as soon as it stands; a limit that is reached, or
 * Ctrl-C, lets the judgements under way end and asks for no more.
 */
export async function judgeSamples(
  deps: RunDeps,
  request: RunRequest,
  state: RunState,
  report: StepReport,
): Promise<void> {
  await request.judge.begin?.({path: join(deps.folder.path, RUN_FILES.dataset), signal: deps.signal})
  const judging = new Judging(deps, request, state, report)
  try {
    for await (const task of tasksOf(deps, request)) {
      if (judging.isOver()) break
      await judging.begin(task)
    }
  } finally {
    await judging.end()
  }
  const stopped = judging.stopped()
  if (stopped !== undefined) state.stopped = stopped
}

async function* tasksOf({folder, hashText}: RunDeps, {judgeRepeats}: RunRequest): AsyncGenerator<Task> {
  let place = 0
  for await (const line of folder.lines(RUN_FILES.dataset)) {
    const sample = JSON.parse(line) as JudgedSample
    const sha256 = hashText(line)
    for (let repeat = 1; repeat <= judgeRepeats; repeat++) yield {sample, sha256, place: place++, repeat}
  }
}

class Judging {
  readonly #slots: Slots
  readonly #unsynced = new Slots(MOST_UNSYNCED)
  readonly #budget: Budget
  readonly #signal: AbortSignal
  readonly #means: RunningMeans
  #failure: unknown

  constructor(
    private readonly deps: RunDeps,
    private readonly request: RunRequest,
    private readonly state: RunState,
    private readonly report: StepReport,
  ) {
    this.#slots = new Slots(request.judge.concurrency ?? 1)
    this.#budget = new Budget(request.limits, deps.clock)
    this.#signal = AbortSignal.any([deps.signal, this.#budget.signal])
    this.#means = new RunningMeans(request.scenario.scores)
  }

  isOver(): boolean {
    return this.#failure !== undefined || this.deps.signal.aborted || this.#budget.spent() !== undefined
  }

  stopped(): string | undefined {
    return this.#budget.spent()
  }

  /** Waits until there is room, then judges beside others. */
  async begin(task: Task): Promise<void> {
    if (settled(this.state, 'journal').has(task.place)) return
    await this.#slots.take()
    if (this.isOver()) return this.#slots.free()
    void this.#judge(task)
      .catch((error: unknown) => (this.#failure ??= error))
      .finally(() => this.#slots.free())
  }

  async end(): Promise<void> {
    await this.#slots.allFree()
    await this.#unsynced.allFree()
    this.#budget.close()
    if (this.#failure !== undefined) throw this.#failure
  }

  async #judge(task: Task): Promise<void> {
    const {judge, limits, scenario} = this.request
    const signal = this.#signal
    const judgement = await judgeWithin(judge, task.sample, {
      repeat: task.repeat,
      signal,
      seconds: limits.sampleSeconds,
    })
    // What a stop cut short is not a result: the next attempt judges it.
    if (signal.aborted && isTransient(judgement)) return
    const answer = {sample: task.sample, sampleSha256: task.sha256, answer: 1, repeat: task.repeat}
    const {line, replies} = toSampleLine(answer, judgement, scenario.scores, this.deps.hashText)
    this.#budget.add(judgement.usage)
    this.#means.add(line)
    await this.#record({place: task.place, retry: isTransient(judgement), line, replies})
  }

  async #record(entry: Parameters<NonNullable<RunState['journal']>['append']>[0]): Promise<void> {
    await this.#unsynced.take()
    const journal = settled(this.state, 'journal')
    void journal
      .append(entry)
      .catch((error: unknown) => (this.#failure ??= error))
      .finally(() => this.#unsynced.free())
    const total = settled(this.state, 'dataset').records * this.request.judgeRepeats
    this.report.advance(journal.size, total, 'judgements')
    this.report.note([this.#means.text(), this.#budget.text()].filter(Boolean).join(' · '))
  }
}
