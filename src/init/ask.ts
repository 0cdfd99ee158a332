import {createInterface} from 'node:readline/promises'

import {interruptedError} from '@ep23/sdk'

import {parseChannelNames, channelsWithSources, type Answers} from './answers.js'

export interface Asking {
  /** A line typed in the terminal, or what stands in brackets when it is empty. */
  ask: (question: string, otherwise: string) => Promise<string>
  confirm: (question: string) => Promise<boolean>
  close: () => void
}

/** Questions on stderr, so that stdout stays the result's. Ctrl-C and Ctrl-D end them as an interruption. */
export function openQuestions(signal: AbortSignal): Asking {
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  const ended = new AbortController()
  // In raw mode Ctrl-C is a key; the process hears of it as of any other interruption.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  terminal.on('close', () => ended.abort())
  const ask = async (question: string, otherwise: string): Promise<string> => {
    const shown = otherwise === '' ? `${question}: ` : `${question} [${otherwise}]: `
    try {
      const line = await terminal.question(shown, {signal: AbortSignal.any([signal, ended.signal])})
      return line.trim() || otherwise
    } catch {
      throw interruptedError('nothing was written')
    }
  }
  return {
    ask,
    confirm: async question => /^(?:y|yes|д|да)$/iu.test(await ask(question, 'y/N')),
    close: () => terminal.close(),
  }
}

/** Asks for everything, with what the flags and the settings say as the answers to begin with. */
export async function askForAnswers(questions: Asking, proposed: Answers, cwd: string): Promise<Answers> {
  const channels = await untilTaken(
    questions,
    'Channels, by comma',
    proposed.channels.map(({name}) => name).join(','),
    parseChannelNames,
  )
  const places = [...new Set(proposed.channels.flatMap(({from}) => from ?? []))].join(' ')
  const found = await untilTaken(
    questions,
    'Their posts: a file, a folder of exports or mongodb://… (- for made-up posts)',
    places || '-',
    text => channelsWithSources(channels, text === '-' ? [] : [text], cwd),
  )
  const store = await questions.ask('Store: a SQLite file or mongodb://…', proposed.store)
  const llmUrl = await questions.ask('Model server, OpenAI-compatible (- for none)', proposed.llmUrl ?? '-')
  const lang = await untilTaken(questions, 'Language of reports: ru or en', proposed.lang, languageOf)
  const gitignore = proposed.gitignore || (await questions.confirm('Add what git should ignore to .gitignore?'))
  return {channels: found, store, llmUrl: llmUrl === '-' ? undefined : llmUrl, lang, gitignore}
}

async function untilTaken<T>(
  {ask}: Asking,
  question: string,
  otherwise: string,
  read: (text: string) => T,
): Promise<T> {
  for (;;) {
    const text = await ask(question, otherwise)
    try {
      return read(text)
    } catch (error) {
      process.stderr.write(`  ${(error as Error).message}\n`)
    }
  }
}

function languageOf(text: string): 'ru' | 'en' {
  if (text === 'ru' || text === 'en') return text
  throw new Error('write ru or en')
}
