const notRun = new Map<string, string>()

/** The part of mocha's context that is needed. */
interface Hook {
  skip(): never
}

/**
 * What a test does that needs something this machine lacks: on CI it fails, elsewhere it is skipped, and one line at the
 * end says which tests those were and how to have them.
 */
export function cannotRun(hook: Hook, tests: string, howTo: string): never {
  if (process.env['CI']) throw new Error(`on CI nothing may be left out: ${lineOf(new Map([[tests, howTo]]))}`)
  return leaveOut(hook, tests, howTo)
}

/** The same for what no package brings, so that CI cannot have it everywhere: always skipped. */
export function leaveOut(hook: Hook, tests: string, howTo: string): never {
  notRun.set(tests, howTo)
  return hook.skip()
}

/** The one line about all of them. */
export function lineOf(left: ReadonlyMap<string, string>): string {
  return `live tests not run: ${[...left.keys()].join(', ')}; to have them: ${[...new Set(left.values())].join('; ')}`
}

after(() => {
  if (notRun.size > 0) process.stderr.write(`\n${lineOf(notRun)}\n`)
})
