import {spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

export interface CommandEnd {
  command: string
  /** The exit code. */
  code: number
  seconds: number
  /** stdout and stderr. */
  output: string
}

interface Shell {
  cwd: string
  env: Record<string, string>
  /** Folder for what the commands print. */
  logs: string
}

/** Shows pages or metrics until it is told to stop. */
const SERVES = /^ep23 (?:view$|observability:serve)/u

/** Types commands into one shell, one after another: what one exports or makes, the next ones have. */
export function runCommands(commands: readonly string[], {cwd, env, logs}: Shell): CommandEnd[] {
  mkdirSync(logs, {recursive: true})
  const script = join(logs, 'commands.sh')
  writeFileSync(script, commands.map((command, index) => typed(command, join(logs, String(index)))).join('\n'))
  const {error} = spawnSync('bash', [script], {cwd, env, stdio: 'ignore', timeout: 300_000})
  if (error) throw error
  return commands.map((command, index) => {
    const log = join(logs, String(index))
    const [code = Number.NaN, began = 0, ended = 0] = readFileSync(`${log}.end`, 'utf8').trim().split(' ').map(Number)
    return {command, code, seconds: ended - began, output: readFileSync(`${log}.out`, 'utf8')}
  })
}

function typed(command: string, log: string): string {
  const run = SERVES.test(command) ? served(command, log) : `{ ${command}\n} >'${log}.out' 2>&1 </dev/null`
  return `began=$EPOCHREALTIME\n${run}\necho "$? $began $EPOCHREALTIME" >'${log}.end'`
}

function served(command: string, log: string): string {
  return `${command} >'${log}.out' 2>&1 </dev/null &
for _ in {1..100}; do grep -q http:// '${log}.out' && break; sleep 0.1; done
kill -TERM $!; wait $!; case $? in 130|143) true ;; esac`
}
