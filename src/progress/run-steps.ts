import type {AsyncLocalStorage} from 'node:async_hooks'
import {setImmediate} from 'node:timers/promises'

import {
  hasCode,
  interruptedError,
  printableLine,
  type Clock,
  type Logger,
  type Span,
  type Step,
  type StepOptions,
  type StepReport,
  type Tracer,
} from '@ep23/sdk'

import {describePace, describeResult, type Language, type StepState} from './pace.js'
import type {StepDisplay} from './step-display.js'

/** Calls `tick` every so many seconds until the returned function is called. */
export type Every = (seconds: number, tick: () => void) => () => void

export interface StepRunner {
  display: StepDisplay
  tracer: Tracer
  logger: Logger
  clock: Clock
  signal: AbortSignal
  language: Language
  every: Every
  /** Tells the steps within a step which report they are shown in. */
  nesting: AsyncLocalStorage<StepReport>
}

/** Runs the steps; the first error stops the rest and is thrown unchanged, once nothing of them runs any more. */
export async function runSteps<C>(
  steps: readonly Step<C>[],
  context: C,
  {runner, concurrent = false}: StepOptions & {runner: StepRunner},
): Promise<C> {
  if (!concurrent) {
    for (const [position, step] of steps.entries()) await runStep(step, {position, context, runner})
    return context
  }
  const failures: unknown[] = []
  await Promise.all(
    steps.map((step, position) =>
      runStep(step, {position, context, runner}).catch((error: unknown) => failures.push(error)),
    ),
  )
  if (failures.length > 0) throw failures[0]
  return context
}

interface StepRun<C> {
  position: number
  context: C
  runner: StepRunner
}

async function runStep<C>(step: Step<C>, run: StepRun<C>): Promise<void> {
  const {display, logger, clock} = run.runner
  const {position, context} = run
  const state: StepState = {}
  // Lets signals be heard and the display draw; what that takes is not the step's time.
  await setImmediate()
  const started = clock.monotonic()
  const end = (kind: 'done' | 'skipped' | 'failed', text: string): number => {
    const seconds = Math.round((clock.monotonic() - started) * 1e6) / 1e6
    display.end(position, {kind, seconds, text})
    return seconds
  }
  try {
    stopIfAborted(run.runner.signal, step.title)
    const reason = step.skip?.(context)
    if (reason !== undefined) {
      end('skipped', printableLine(reason))
      return logger.info({step: step.title, reason}, 'step skipped')
    }
    await watched(step, run, state)
    const seconds = end('done', describeResult(state, run.runner.language))
    logger.info({step: step.title, ...state, duration_seconds: seconds}, 'step done')
  } catch (error) {
    const seconds = end('failed', '')
    const level = hasCode(error, 'INTERRUPTED') ? 'warn' : 'error'
    logger[level]({step: step.title, ...state, duration_seconds: seconds, err: error}, 'step failed')
    throw error
  }
}

/** Runs the step in a span of its own, its progress on the display. */
async function watched<C>(step: Step<C>, {position, context, runner}: StepRun<C>, state: StepState): Promise<void> {
  const {display, tracer, every, nesting} = runner
  display.start(position)
  const {report, tick} = createReport(state, position, runner)
  const stop = every(display.updateSeconds, tick)
  try {
    await tracer.span(`step ${step.title}`, {step: step.title}, async span => {
      await nesting.run(report, () => step.run(context, report))
      recordResult(span, state)
    })
  } finally {
    stop()
  }
}

// A step that computes without a pause starves timers, so reports look at the clock, too.
function createReport(
  state: StepState,
  position: number,
  {clock, display, language}: StepRunner,
): {report: StepReport; tick: () => void} {
  const started = clock.monotonic()
  let shown = started
  const tick = (): void => {
    const now = clock.monotonic()
    if (now - shown < display.updateSeconds) return
    shown = now
    const text = describePace(state, now - started, language)
    if (text) display.update(position, text)
  }
  const report: StepReport = {
    note(text) {
      state.note = text
      tick()
    },
    advance(done, total, unit) {
      Object.assign(state, {done, total: total ?? state.total, unit: unit ?? state.unit})
      tick()
    },
  }
  return {report, tick}
}

function recordResult(span: Span, {done, unit}: StepState): void {
  if (done !== undefined) span.setAttributes({done, ...(unit === undefined ? {} : {unit})})
}

function stopIfAborted(signal: AbortSignal, title: string): void {
  if (!signal.aborted) return
  throw signal.reason instanceof Error && hasCode(signal.reason, 'INTERRUPTED')
    ? signal.reason
    : interruptedError(`stopped before the step "${title}"`)
}
