import type {Language} from '@ep23/sdk'
import {formatDuration} from './pace.js'

/** How a step ended; `text` is its result or, when it was skipped, the reason. */
export interface StepEnding {
  kind: 'done' | 'skipped' | 'failed'
  seconds: number
  text: string
}

/** Where a list of steps is shown. Steps go by their position in the list. */
export interface StepDisplay {
  /** How often a running step's text is worth a call of `update`. */
  readonly updateSeconds: number
  start(step: number): void
  update(step: number, text: string): void
  end(step: number, ending: StepEnding): void
  /** Everything is on the screen when this resolves. */
  close(): Promise<void>
}

export const silentDisplay: StepDisplay = {
  updateSeconds: Number.POSITIVE_INFINITY,
  start: () => undefined,
  update: () => undefined,
  end: () => undefined,
  close: async () => undefined,
}

interface LinesOptions {
  titles: readonly string[]
  write: (text: string) => unknown
  language: Language
}

const WORDS = {
  en: {done: 'done in', failed: 'failed after', skipped: 'skipped'},
  ru: {done: 'готово за', failed: 'ошибка через', skipped: 'пропущено'},
} as const

/**
 * Plain lines for logs of CI jobs and pipes: one when a step starts, one when it ends, and one every few seconds while
 * it runs. (listr2's own simple renderer prints every change of the text, which would be a line per batch.)
 */
export function openLinesDisplay({titles, write, language}: LinesOptions): StepDisplay {
  const line = (step: number, text: string): void => {
    write(`[${step + 1}/${titles.length}] ${titles[step]}${text && `: ${text}`}\n`)
  }
  return {
    updateSeconds: 5,
    start: step => line(step, ''),
    update: line,
    end: (step, ending) => line(step, describe(ending, language)),
    close: async () => undefined,
  }
}

function describe({kind, seconds, text}: StepEnding, language: Language): string {
  const words = WORDS[language]
  if (kind === 'skipped') return `${words.skipped}: ${text}`
  const ended = `${words[kind]} ${formatDuration(seconds, language)}`
  return text && kind === 'done' ? `${ended}, ${text}` : ended
}
