import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {performance} from 'node:perf_hooks'

import {Ep23Error, EXIT, type Language, verbatim} from '@ep23/sdk'

import {message} from '../words/words.js'
import type {Guide} from './guide.js'
import {TOUR, type TourCommand, type TourStep} from './tour-steps.js'

interface TourOptions {
  language: Language
  signal: AbortSignal
  guide: Guide
}

/**
 * Runs every command of the tour in a folder of its own, which is gone afterwards, also after Ctrl-C.
 * @returns per step what its commands printed
 * @throws Ep23Error TOUR_COMMAND_FAILED (1)
 */
export async function takeTour(options: TourOptions): Promise<TourCommand[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'ep23-tour-'))
  try {
    const taken: TourCommand[][] = []
    for (const [index, step] of TOUR.entries()) taken.push(await takeStep(step, index + 1, folder, options))
    return taken
  } finally {
    await rm(folder, {recursive: true, force: true, maxRetries: 5})
  }
}

async function takeStep(step: TourStep, number: number, folder: string, options: TourOptions): Promise<TourCommand[]> {
  const {guide} = options
  await guide.onStep(step, number)
  const ended: TourCommand[] = []
  for (const command of step.commands) {
    guide.onCommand(`ep23 ${command}`)
    const end = await run(command, folder, options)
    await guide.onOutput(end)
    ended.push(end)
  }
  await guide.onSeen(step, number)
  return ended
}

async function run(command: string, folder: string, {language, signal}: TourOptions): Promise<TourCommand> {
  const began = performance.now()
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...command.split(' ')], {
    cwd: folder,
    env: environment(folder, language),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // All that it writes goes away with the folder.
  const interrupt = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', interrupt)
  try {
    const [output, errors] = [collect(child.stdout), collect(child.stderr)]
    const [code] = (await once(child, 'close')) as [number | null]
    signal.throwIfAborted()
    if (code !== 0) throw failed(command, code, errors())
    const seconds = Math.round((performance.now() - began) / 100) / 10
    return {command: `ep23 ${command}`, seconds, output: output().replaceAll(`${folder}/`, '').trimEnd()}
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', piece => (text += String(piece)))
  return () => text
}

/** Nothing that a person has set for other work: the tour looks the same everywhere, and reaches no store and no server. */
function environment(folder: string, language: Language): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => name === 'EP23_SOURCE' || !/^(?:EP23_|OTEL_|MONGODB_URL$|LLM_URL$|OPENAI_API_KEY$)/u.test(name),
  )
  const own = ['DATA', 'CONFIG', 'CACHE'].map(kind => [`EP23_${kind}_DIR`, join(folder, `.${kind.toLowerCase()}`)])
  return {...Object.fromEntries([...others, ...own]), EP23_LANG: language}
}

function failed(command: string, code: number | null, errors: string): Ep23Error {
  return new Ep23Error(message('tourCommandFailed', {command: `ep23 ${command}`, code: String(code)}), {
    code: 'TOUR_COMMAND_FAILED',
    exit: EXIT.unexpected,
    suggestions: ['ep23 doctor', errors.trim().split('\n').slice(-5).join('\n')].filter(Boolean).map(verbatim),
  })
}
