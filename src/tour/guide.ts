import type {Language} from '@ep23/sdk'

import {openQuestions, type Asking} from '../init/ask.js'
import {catalogue, message} from '../words/words.js'
import type {TourCommand, TourStep} from './tour-steps.js'

/** Who hears of each stage of the tour. */
export interface Guide {
  onStep: (step: TourStep, number: number) => Promise<void>
  onCommand: (command: string) => void
  onOutput: (ended: TourCommand) => Promise<void>
  /** After the last command of a step. */
  onSeen: (step: TourStep, number: number) => Promise<void>
}

interface GuideOptions {
  language: Language
  signal: AbortSignal
  steps: number
  show: (line: string) => void
}

/** A screen has room for the command and for what was seen. */
const MOST_LINES = 16

/** Tells nobody: with `--json` all is in the result. */
export const SILENT: Guide = {
  onStep: async () => undefined,
  onCommand: () => undefined,
  onOutput: async () => undefined,
  onSeen: async () => undefined,
}

/** Shows each stage as it comes; in a terminal Enter goes on. */
export function openGuide({language, signal, steps, show}: GuideOptions): Guide {
  return {
    async onStep({title}, number) {
      show(`${number}/${steps}  ${(await title.in(language)).toUpperCase()}\n`)
    },
    onCommand: command => show(`$ ${command}`),
    async onOutput({output}) {
      const lines = output.split('\n')
      const {moreLines} = await catalogue(language)
      const more = lines.length - MOST_LINES
      const shown = more > 1 ? [...lines.slice(0, MOST_LINES), moreLines({lines: more})] : lines
      show(`${shown.map(line => `  ${line}`.trimEnd()).join('\n')}\n`)
    },
    async onSeen({seen}, number) {
      show(`→ ${await seen.in(language)}\n`)
      if (number < steps && process.stdin.isTTY && process.stdout.isTTY) await enter(openQuestions(signal, language))
    },
  }
}

async function enter(questions: Asking): Promise<void> {
  try {
    await questions.ask(message('pressEnter'), '')
  } finally {
    questions.close()
  }
}
