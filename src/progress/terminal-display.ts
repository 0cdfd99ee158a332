import type {Language} from '@ep23/sdk'
import {DefaultRenderer, Listr, ListrLogger, ProcessOutput, type ListrTaskWrapper} from 'listr2'

import {formatDuration} from './pace.js'
import type {StepDisplay, StepEnding} from './step-display.js'

interface TerminalOptions {
  titles: readonly string[]
  stderr: NodeJS.WriteStream
  concurrent: boolean
  language: Language
  /** Aborted when the user wants to stop. */
  signal: AbortSignal
}

const SHOW_CURSOR = '\u001B[?25h'
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

// listr2 looks at stdout to decide whether it may draw; here all drawing goes to stderr, and stdout may be a pipe.
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true
}

type Task = ListrTaskWrapper<unknown, typeof StderrRenderer, typeof StderrRenderer>

/** One step as listr2 sees it: a task that waits until the step has ended. */
class Row {
  private task: Task | undefined
  private text = ''
  private readonly ended = Promise.withResolvers<StepEnding>()

  constructor(
    readonly title: string,
    private readonly language: Language,
  ) {}

  update(text: string): void {
    this.text = text
    if (this.task) this.task.output = text
  }

  end(ending: StepEnding): void {
    this.ended.resolve(ending)
  }

  async run(task: Task): Promise<void> {
    this.task = task
    if (this.text) task.output = this.text
    const {kind, text, seconds} = await this.ended.promise
    if (kind === 'skipped') return task.skip(`${this.title}${text && `: ${text}`}`)
    task.title = `${this.title} (${formatDuration(seconds, this.language)})${text && `: ${text}`}`
    // Only marks the row: the real error is thrown by the step itself.
    if (kind === 'failed') throw new Error(task.title)
  }
}

/** Moving steps in a terminal, drawn by listr2 on stderr. This module loads listr2: import it only to draw. */
export function openTerminalDisplay({titles, stderr, concurrent, language, signal}: TerminalOptions): StepDisplay {
  const rows = titles.map(title => new Row(title, language))
  const tasks = rows.map(row => ({title: row.title, task: (_: unknown, task: Task) => row.run(task)}))
  const screen = withSize(stderr)
  const list = new Listr(tasks, {
    concurrent,
    exitOnError: !concurrent,
    registerSignalListeners: false,
    renderer: StderrRenderer,
    rendererOptions: {
      logger: new ListrLogger({useIcons: true, toStderr: [], processOutput: new ProcessOutput(screen, screen)}),
      collapseErrors: false,
      showErrorMessage: false,
    },
  })
  const release = holdSignals(stderr, signal)
  const drawn = list.run().catch(() => undefined)
  return {
    updateSeconds: 0.1,
    start: () => undefined,
    update: (step, text) => rows[step]?.update(text),
    end: (step, ending) => rows[step]?.end(ending),
    async close() {
      // What never came to its turn, because the work ended earlier.
      for (const row of rows) row.end({kind: 'skipped', seconds: 0, text: ''})
      await drawn
      release()
    },
  }
}

const NARROWEST = 20

/** Some pseudo-terminals say that they have no columns; in a width of almost nothing listr2 would never end a line. */
function withSize(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'columns') return Math.max(target.columns || 80, NARROWEST)
      return name === 'rows' ? target.rows || 24 : (Reflect.get(target, name) as unknown)
    },
  })
}

const hold = (): void => undefined

/**
 * While listr2 draws, a library of its kills the process at the first signal if nobody else listens after the handlers
 * have run; the host's handler, which turns the signal into an abort, stops listening at once. So there is one listener
 * more until all handlers have run. From the abort on the cursor is visible, in case a second signal ends the process.
 */
function holdSignals(stderr: NodeJS.WriteStream, signal: AbortSignal): () => void {
  // Bound now: listr2 replaces it while it draws.
  const write = stderr.write.bind(stderr)
  const letGo = (): void => SIGNALS.forEach(name => process.off(name, hold))
  const onAbort = (): void => {
    write(SHOW_CURSOR)
    setImmediate(letGo)
  }
  if (!signal.aborted) SIGNALS.forEach(name => process.on(name, hold))
  signal.addEventListener('abort', onAbort)
  return () => {
    letGo()
    signal.removeEventListener('abort', onAbort)
  }
}
