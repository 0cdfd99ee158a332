import {AsyncLocalStorage} from 'node:async_hooks'
import {
  printableLine,
  type Clock,
  type Logger,
  type Progress,
  type StepReport,
  type Tracer,
  type Language,
} from '@ep23/sdk'
import {openLinesDisplay, silentDisplay, type StepDisplay} from './step-display.js'
import type {Translate} from '../language/static-words.js'
import {openSteps, type Every} from './run-steps.js'

/** `terminal`: moving steps; `lines`: plain lines; `silent`: nothing. All of it on stderr, stdout is for results. */
export type ProgressMode = 'terminal' | 'lines' | 'silent'

interface ProgressOptions {
  mode: ProgressMode
  tracer: Tracer
  logger: Logger
  clock: Clock
  signal: AbortSignal
  language?: Language
  /** Titles, units and reasons in a person's language; logs and spans keep the English ones. */
  translate?: Translate
  stderr?: NodeJS.WriteStream
  every?: Every
}

/** A name that is a unit as well, as `digests`, stays a name. */
function titleIn(title: string, translate: Translate): string {
  const said = translate(title)
  return said.includes('|') ? title : said
}

/** Steps on stderr, each with a span and a log line. listr2 is loaded when steps are first shown in a terminal. */
export function createProgress({
  mode,
  language = 'en',
  translate = english => english,
  stderr = process.stderr,
  every = everyWithTimer,
  ...ports
}: ProgressOptions): Progress {
  const outer = new AsyncLocalStorage<StepReport>()

  async function open(titles: readonly string[], concurrent: boolean): Promise<StepDisplay> {
    const parent = outer.getStore()
    // Two lists cannot be drawn at once: the steps within a step are shown in its line.
    if (parent) return displayWithin(parent, titles)
    if (mode === 'silent') return silentDisplay
    if (mode === 'lines') return openLinesDisplay({titles, language, write: text => stderr.write(text)})
    const {openTerminalDisplay} = await import('./terminal-display.js')
    return openTerminalDisplay({titles, stderr, concurrent, language, signal: ports.signal})
  }

  const steps: Progress['steps'] = async (titles, work, {concurrent = false} = {}) => {
    const display = await open(
      titles.map(title => printableLine(titleIn(title, translate))),
      concurrent,
    )
    const {settled, ...announced} = openSteps(titles, {...ports, language, translate, every, display, nesting: outer})
    try {
      return await work(announced)
    } finally {
      await settled()
      await display.close()
    }
  }

  return {
    steps,
    step: async (title, work) => steps([title], async ({step}) => step(title, work)),
  }
}

function displayWithin(parent: StepReport, titles: readonly string[]): StepDisplay {
  return {
    ...silentDisplay,
    updateSeconds: 0.5,
    start: step => parent.note(titles[step] ?? ''),
    update: (step, text) => parent.note(`${titles[step]}: ${text}`),
    close: async () => parent.note(''),
  }
}

const everyWithTimer: Every = (seconds, tick) => {
  if (!Number.isFinite(seconds)) return () => undefined
  const timer = setInterval(tick, seconds * 1000).unref()
  return () => clearInterval(timer)
}
