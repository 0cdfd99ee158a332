import type {AsyncLocalStorage} from 'node:async_hooks'
import {setImmediate} from 'node:timers/promises'

import {
  hasCode,
  interruptedError,
  printableLine,
  russianForm,
  type Clock,
  type Logger,
  type Span,
  type StepReport,
  type Steps,
  type StepWork,
  type Tracer,
  type Language,
  englishOf,
  isMessage,
  type Message,
} from '@ep23/sdk'

import {describePace, describeResult, type StepState} from './pace.js'
import type {Translate} from '../language/static-words.js'
import {message} from '../words/words.js'
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
  translate: Translate
  every: Every
  /** Tells the steps within a step which report they are shown in. */
  nesting: AsyncLocalStorage<StepReport>
}

/** The announced steps, as the work runs them; `settled` resolves once none of them runs any more. */
export function openSteps(titles: readonly string[], runner: StepRunner): Steps & {settled: () => Promise<unknown>} {
  const waiting = [...titles.entries()]
  const running: Promise<unknown>[] = []
  const take = (title: string): number => {
    const found = waiting.findIndex(([, each]) => each === title)
    const [step] = found === -1 ? [] : waiting.splice(found, 1)
    if (!step) throw new Error(`the step "${title}" was not announced, or has run already`)
    return step[0]
  }
  return {
    async step(title, work) {
      const step = runStep({title, work, position: take(title)}, runner)
      running.push(step.catch(() => undefined))
      return step
    },
    skip(title, reason) {
      runner.display.end(take(title), {kind: 'skipped', seconds: 0, text: printableLine(runner.translate(reason))})
      runner.logger.info({step: title, reason}, 'step skipped')
      return undefined
    },
    settled: async () => Promise.all(running),
  }
}

interface StepRun<T> {
  title: string
  work: StepWork<T>
  position: number
}

async function runStep<T>(run: StepRun<T>, runner: StepRunner): Promise<T> {
  const {display, logger, clock} = runner
  const {title, position} = run
  const state: StepState = {}
  // Lets signals be heard and the display draw; what that takes is not the step's time.
  await setImmediate()
  const started = clock.monotonic()
  const end = (kind: 'done' | 'failed', text: string): number => {
    const seconds = Math.round((clock.monotonic() - started) * 1e6) / 1e6
    display.end(position, {kind, seconds, text})
    return seconds
  }
  try {
    stopIfAborted(runner, title)
    const made = await watched(run, state, runner)
    await speaking.get(state)
    const seconds = end('done', describeResult(shownState(state, runner), runner.language))
    logger.info({step: title, ...state, duration_seconds: seconds}, 'step done')
    return made
  } catch (error) {
    const seconds = end('failed', '')
    const level = hasCode(error, 'INTERRUPTED') ? 'warn' : 'error'
    logger[level]({step: title, ...state, duration_seconds: seconds, err: error}, 'step failed')
    throw error
  }
}

/** Runs the step in a span of its own, its progress on the display. */
async function watched<T>({title, work, position}: StepRun<T>, state: StepState, runner: StepRunner): Promise<T> {
  const {display, tracer, every, nesting} = runner
  display.start(position)
  const {report, tick} = createReport(state, position, runner)
  const stop = every(display.updateSeconds, tick)
  try {
    return await tracer.span(`step ${title}`, {step: title}, async span => {
      const made = await nesting.run(report, () => work(report))
      recordResult(span, state)
      return made
    })
  } finally {
    stop()
  }
}

// A step that computes without a pause starves timers, so reports look at the clock, too.
function createReport(state: StepState, position: number, runner: StepRunner): {report: StepReport; tick: () => void} {
  const {clock, display} = runner
  const started = clock.monotonic()
  let shown = started
  const tick = (): void => {
    const now = clock.monotonic()
    if (now - shown < display.updateSeconds) return
    shown = now
    const text = describePace(shownState(state, runner), now - started, runner.language)
    if (text) display.update(position, text)
  }
  const report: StepReport = {
    note(text) {
      state.note = englishOf(text)
      if (isMessage(text) && runner.language !== 'en') {
        // Until it is said, the one before it is shown, and no English.
        spoken.set(state, spoken.get(state) ?? '')
        speaking.set(state, speak(state, text, runner.language))
      } else spoken.delete(state)
      tick()
    },
    advance(done, total, unit) {
      Object.assign(state, {done, total: total ?? state.total, unit: unit ?? state.unit})
      tick()
    },
  }
  return {report, tick}
}

/** What notes say in a person's language; logs keep the English. */
const spoken = new WeakMap<StepState, string>()
const speaking = new WeakMap<StepState, Promise<void>>()

async function speak(state: StepState, note: Message, language: Language): Promise<void> {
  const said = await note.in(language)
  if (state.note === note.english) spoken.set(state, said)
}

/** Russian units are written with their forms: `пост|поста|постов`. */
function shownState(own: StepState, {translate}: StepRunner): StepState {
  const state = {...own, ...(spoken.has(own) && {note: spoken.get(own) ?? ''})}
  const {unit, done = 0, total} = state
  if (unit === undefined) return state
  const [one = unit, few, many] = translate(unit).split('|')
  if (few === undefined || many === undefined) return {...state, unit: one}
  return {...state, unit: total === undefined ? russianForm(done, [one, few, many]) : many}
}

function recordResult(span: Span, {done, unit}: StepState): void {
  if (done !== undefined) span.setAttributes({done, ...(unit === undefined ? {} : {unit})})
}

function stopIfAborted({signal, translate}: StepRunner, title: string): void {
  if (!signal.aborted) return
  throw signal.reason instanceof Error && hasCode(signal.reason, 'INTERRUPTED')
    ? signal.reason
    : interruptedError(message('stoppedBeforeStep', {title: translate(title)}))
}
