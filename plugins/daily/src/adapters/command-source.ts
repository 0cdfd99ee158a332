import {spawn} from 'node:child_process'
import {createWriteStream} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'

import {Ep23Error, EXIT, usageError, verbatim} from '@ep23/sdk'
import {message} from '../words/words.js'

const FROM_COMMAND = /^(?<channel>@[^=]+)=cmd:(?<command>.+)$/su

/** `--from` values in which every `@channel=cmd:COMMAND` has become a file with what the command wrote. */
export interface ReadCommands {
  from: string[] | undefined
  dispose(): Promise<void>
}

/**
 * Runs the commands among the sources, each once, and keeps their output in files for as long as the day is read. A command writes
 * posts to its standard output in any format of a file that `dataset:formats` lists, such as JSON lines.
 * @throws Ep23Error DAILY_COMMAND_FAILED (69) with the end of what it wrote to stderr; what interrupted it
 */
export async function readCommands(from: string[] | undefined, signal: AbortSignal): Promise<ReadCommands> {
  if (from === undefined || !from.some(value => value.includes('cmd:'))) return {from, dispose: async () => undefined}
  const folder = await mkdtemp(join(tmpdir(), 'ep23-daily-'))
  const dispose = () => rm(folder, {recursive: true, force: true})
  try {
    const files = await Promise.all(from.map((value, i) => outputOf(value, join(folder, `posts-${i}.jsonl`), signal)))
    return {from: files, dispose}
  } catch (error) {
    await dispose()
    signal.throwIfAborted()
    throw error
  }
}

async function outputOf(value: string, file: string, signal: AbortSignal): Promise<string> {
  const {channel, command} = FROM_COMMAND.exec(value)?.groups ?? {}
  if (value.startsWith('cmd:'))
    throw usageError(message('sayWhosePosts', {value}), [verbatim('--from "@channel=cmd:COMMAND"')])
  if (channel === undefined || command === undefined) return value
  await runInto(command, file, signal)
  return `${channel}=${file}`
}

async function runInto(command: string, file: string, signal: AbortSignal): Promise<void> {
  const child = spawn(command, {shell: true, signal, stdio: ['ignore', 'pipe', 'pipe']})
  let told = ''
  child.stderr.setEncoding('utf8').on('data', text => (told = (told + text).slice(-500)))
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  // The signal ends the pipe, too: what the command has started may hold its other end open.
  const [code] = await Promise.all([ended, pipeline(child.stdout, createWriteStream(file), {signal})])
  if (code === 0) return
  throw new Ep23Error(message('commandEnded', {command, code: code ?? 0, said: told.trim()}), {
    code: 'DAILY_COMMAND_FAILED',
    exit: EXIT.unavailable,
    suggestions: [message('runByHand'), message('nothingOfDay')],
  })
}
