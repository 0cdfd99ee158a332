import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {debianProgram} from './debian-program.ts'
import {inherited} from './run-ep23.ts'

const bin = join(import.meta.dirname, '../../bin/run.js')

interface TerminalOptions {
  cwd: string
  env?: Record<string, string>
  columns?: number
  /** What is typed, each text when the one before it is answered by what stands beside it. */
  typed?: readonly [shown: string, typed: string][]
  /** Given what types into it, for texts that come when something else has happened. */
  onOpen?: (type: (text: string) => void) => void
}

export interface TerminalRun {
  code: number
  /** All that the terminal got, with its control characters. */
  raw: string
  text: string
}

/** Runs the command line in a real terminal of its own. */
export async function inTerminal(hook: Mocha.Context, args: string, options: TerminalOptions): Promise<TerminalRun> {
  return runInTerminal(hook, `exec ${EP23} ${args}`, options)
}

/** Runs commands one after the other in one terminal, each under the line that a person has typed; never fails. */
export async function screenOf(hook: Mocha.Context, all: readonly string[], options: TerminalOptions): Promise<string> {
  const script = all.map(args => `echo '$ ep23 ${args}'; ${EP23} ${args}; echo`).join('; ')
  const {text} = await runInTerminal(hook, script, options)
  return text
}

const EP23 = `"${process.execPath}" "${bin}"`

async function runInTerminal(
  hook: Mocha.Context,
  script: string,
  {cwd, env = {}, columns = 80, typed = [], onOpen}: TerminalOptions,
): Promise<TerminalRun> {
  const command = `stty cols ${columns} rows 40; ${script}`
  const own = {TERM: 'xterm-256color', LANG: 'C.UTF-8', EP23_LANG: 'en', EP23_DATA_DIR: join(cwd, '.data')}
  const terminal = spawn(debianProgram(hook, 'script', 'bsdutils'), ['-qec', command, '/dev/null'], {
    cwd,
    env: {...inherited(false), ...own, ...env},
  })
  onOpen?.(text => void terminal.stdin.write(text))
  const waiting = [...typed]
  let [raw, unanswered] = ['', '']
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text
    unanswered += text
    for (;;) {
      const [[shown, keys] = []] = waiting
      const seen = stripVTControlCharacters(unanswered)
      const at = shown === undefined ? -1 : seen.indexOf(shown)
      if (shown === undefined || keys === undefined || at < 0) break
      terminal.stdin.write(keys)
      waiting.shift()
      // What came with it may hold the next question already.
      unanswered = seen.slice(at + shown.length)
    }
  })
  const [code] = (await once(terminal, 'close')) as [number]
  return {code, raw, text: stripVTControlCharacters(raw).replaceAll('\r\n', '\n')}
}
