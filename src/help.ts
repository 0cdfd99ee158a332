import type {Command} from '@oclif/core'
import {Help} from '@oclif/core/help'
// Not the whole sdk: a help page needs nothing else of it.
import {EXIT_MEANINGS} from '@ep23/sdk/exit-codes'

const TOPIC = 'exit-codes'

/** oclif's help pages, with one line on exit codes each and a page for all of them: scripts and CI jobs are written against them. */
export default class Ep23Help extends Help {
  override async showHelp(argv: string[]): Promise<void> {
    if (argv.find(word => !word.startsWith('-')) !== TOPIC) return super.showHelp(argv)
    this.log(this.section('EXIT CODES', exitCodes()))
  }

  override formatCommand(command: Command.Loadable): string {
    return `${super.formatCommand(command)}\n\n${this.section('EXIT CODES', `0 ok, 64 wrong usage, 65 bad data; all of them: ep23 help ${TOPIC}`)}`
  }

  override formatRoot(): string {
    return `${super.formatRoot()}\n\n${this.section('EXIT CODES', `ep23 help ${TOPIC}`)}`
  }
}

function exitCodes(): string {
  return Object.entries(EXIT_MEANINGS)
    .map(([code, meaning]) => `${code.padStart(3)}  ${meaning}`)
    .join('\n')
}
