/** Every way an ep23 process can end. The numbers are a contract with CI jobs and scripts. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  gateFailed: 2,
  gateWarned: 3,
  undecided: 4,
  unmeasured: 5,
  usage: 64,
  badData: 65,
  unavailable: 69,
  tryAgain: 75,
  notPermitted: 77,
  noSuchCommand: 127,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What each exit code tells, in the words of the help pages. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'ok',
  1: 'unexpected error',
  2: 'gate failed',
  3: 'gate warned (with --fail-on-warn)',
  4: 'undecided (0 with --allow-undecided)',
  5: 'too much unmeasured',
  64: 'usage',
  65: 'bad input data',
  69: 'a service is down',
  75: 'try again later',
  77: 'not permitted',
  127: 'no such command',
  130: 'interrupted',
}
