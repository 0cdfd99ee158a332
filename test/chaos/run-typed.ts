import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {inherited, type Ended} from '../helpers/run-ep23.ts'

/** What somebody types: `answer` whenever `asks` stands on the new screen, `quit` when `done` does. */
export interface Keys {
  asks: RegExp
  answer: string
  done: RegExp
  quit: string
}

const bin = join(import.meta.dirname, '../../bin/run.js')
// Runs a command in a terminal of its own (Debian: bsdutils).
const PSEUDO_TERMINAL = 'script'
/** It tells of a signal as a shell does. */
const KILLED = 128 + 9

/** Runs a command in a terminal of its own and answers until all is answered. */
export function runTyped(
  args: readonly string[],
  {cwd, env, keys}: {cwd: string; env: Record<string, string>; keys: Keys},
): Promise<Ended> {
  const user = {
    EP23_DATA_DIR: join(cwd, '.data'),
    EP23_CONFIG_DIR: join(cwd, '.config'),
    EP23_LANG: 'en',
    NO_COLOR: '1',
  }
  const terminal = spawn(PSEUDO_TERMINAL, ['-qec', [process.execPath, bin, ...args].join(' '), '/dev/null'], {
    cwd,
    env: {...inherited(false), TERM: 'xterm', ...user, ...env},
  })
  return new Promise((resolve, reject) => {
    let [all, fresh] = ['', '']
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      all += text
      fresh += text
      const screen = stripVTControlCharacters(fresh)
      const typed = keys.done.test(screen) ? keys.quit : keys.asks.test(screen) ? keys.answer : undefined
      if (typed === undefined) return
      terminal.stdin.write(typed)
      fresh = ''
    })
    terminal.on('error', reject)
    terminal.stdin.on('error', () => undefined)
    terminal.on('close', code =>
      resolve({
        code: code === KILLED ? null : code,
        signal: code === KILLED ? 'SIGKILL' : null,
        stdout: all,
        stderr: all,
      }),
    )
  })
}
