import type {Command} from '@oclif/core'
import {Help} from '@oclif/core/help'
// Not the whole sdk: a help page needs nothing else of it.
import {EXIT_MEANINGS} from '@ep23/sdk/exit-codes'

/** oclif's help pages, with the exit codes on each: scripts and CI jobs are written against them. */
export default class Ep23Help extends Help {
  override formatCommand(command: Command.Loadable): string {
    return `${super.formatCommand(command)}\n\n${this.section('EXIT CODES', exitCodes())}`
  }
}

function exitCodes(): string {
  return Object.entries(EXIT_MEANINGS)
    .map(([code, meaning]) => `${code.padStart(3)}  ${meaning}`)
    .join('\n')
}
