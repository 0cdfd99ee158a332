import {appendFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

/** The part of mocha's context that is needed. */
interface Hook {
  skip(): never
}

interface LeftOut {
  tests: string
  howTo: string
}

/** Names the file in which all processes of one test run note what they leave out. */
const NOTES = 'EP23_TEST_LEFT_OUT'

/**
 * What a test does that needs something this machine lacks: on CI it fails, elsewhere it is skipped, and one line at the
 * end says which tests those were and how to have them.
 */
export function cannotRun(hook: Hook, tests: string, howTo: string): never {
  if (process.env['CI']) throw new Error(`on CI nothing may be left out: ${lineOf([{tests, howTo}])}`)
  return leaveOut(hook, tests, howTo)
}

/** The same for what no package brings, so that CI cannot have it everywhere: always skipped. */
export function leaveOut(hook: Hook, tests: string, howTo: string): never {
  const notes = process.env[NOTES]
  if (notes === undefined) process.stderr.write(`\n${lineOf([{tests, howTo}])}\n`)
  else appendFileSync(notes, `${JSON.stringify({tests, howTo})}\n`)
  return hook.skip()
}

/** The one line about all of them. */
function lineOf(left: readonly LeftOut[]): string {
  const names = new Set(left.map(({tests}) => tests))
  const ways = new Set(left.map(({howTo}) => howTo))
  return `live tests not run: ${[...names].join(', ')}; to have them: ${[...ways].join('; ')}`
}

/** Once a run, before mocha starts the workers that read the environment. */
export function mochaGlobalSetup(): void {
  process.env[NOTES] = join(mkdtempSync(join(tmpdir(), 'ep23-left-out-')), 'notes.jsonl')
  appendFileSync(process.env[NOTES], '')
}

export function mochaGlobalTeardown(): void {
  const notes = process.env[NOTES] ?? ''
  const lines = readFileSync(notes, 'utf8').split('\n').filter(Boolean)
  rmSync(dirname(notes), {recursive: true})
  if (lines.length > 0) process.stderr.write(`\n${lineOf(lines.map(line => JSON.parse(line) as LeftOut))}\n`)
}
