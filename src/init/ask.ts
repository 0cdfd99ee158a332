import {createInterface} from 'node:readline/promises'

import {interruptedError, errorMessage, usageError, type Language, type Message} from '@ep23/sdk'

import {parseChannelNames, channelsWithSources, type Answers} from './answers.js'
import {message} from '../words/words.js'

export interface Asking {
  language: Language
  /** A line typed in the terminal, or what stands in brackets when it is empty. */
  ask: (question: Message, otherwise: string) => Promise<string>
  confirm: (question: Message) => Promise<boolean>
  close: () => void
}

/** Questions on stderr, so that stdout stays the result's. Ctrl-C and Ctrl-D end them as an interruption. */
export function openQuestions(signal: AbortSignal, language: Language): Asking {
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  const ended = new AbortController()
  // In raw mode Ctrl-C is a key; the process hears of it as of any other interruption.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  terminal.on('close', () => ended.abort())
  const ask = async (text: Message, otherwise: string): Promise<string> => {
    const question = await text.in(language)
    const shown = otherwise === '' ? `${question}: ` : `${question} [${otherwise}]: `
    try {
      const line = await terminal.question(shown, {signal: AbortSignal.any([signal, ended.signal])})
      return line.trim() || otherwise
    } catch {
      throw interruptedError(message('nothingWritten'))
    }
  }
  return {
    language,
    ask,
    confirm: async question => /^(?:y|yes|д|да)$/iu.test(await ask(question, 'y/N')),
    close: () => terminal.close(),
  }
}

/** Asks for everything, with what the flags and the settings say as the answers to begin with. */
export async function askForAnswers(questions: Asking, proposed: Answers, cwd: string): Promise<Answers> {
  const channels = await untilTaken(
    questions,
    message('askChannels'),
    proposed.channels.map(({name}) => name).join(','),
    parseChannelNames,
  )
  const places = [...new Set(proposed.channels.flatMap(({from}) => from ?? []))].join(' ')
  const found = await untilTaken(questions, message('askPosts'), places || '-', text =>
    channelsWithSources(channels, text === '-' ? [] : [text], cwd),
  )
  const store = await questions.ask(message('askStore'), proposed.store)
  const llmUrl = await questions.ask(message('askModelServer'), proposed.llmUrl ?? '-')
  const lang = await untilTaken(questions, message('askLanguage'), proposed.lang, languageOf)
  const gitignore = proposed.gitignore || (await questions.confirm(message('askGitignore')))
  return {channels: found, store, llmUrl: llmUrl === '-' ? undefined : llmUrl, lang, gitignore}
}

async function untilTaken<T>(
  {ask, language}: Asking,
  question: Message,
  otherwise: string,
  read: (text: string) => T,
): Promise<T> {
  for (;;) {
    const text = await ask(question, otherwise)
    try {
      return read(text)
    } catch (error) {
      process.stderr.write(`  ${await errorMessage(error).in(language)}\n`)
    }
  }
}

function languageOf(text: string): 'ru' | 'en' {
  if (text === 'ru' || text === 'en') return text
  throw usageError(message('writeRuOrEn'))
}
