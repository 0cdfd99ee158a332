import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {pilotFlags} from '../../flags.js'
import type {Pilot} from '../../usecases/pilot-log.js'

export default class BenchmarkPilot extends BaseCommand<typeof BenchmarkPilot> {
  static override summary = 'The pilot: dry run, live run, comparison, and a log with evidence to sign.'
  static override description = `The dry run takes the scores stored with the samples, the live run asks the judge. Both are archived and hashed.
Runs that may not be compared are told so in the log, with every difference. The exit code is the live run's.`
  static override examples = [
    '<%= config.bin %> benchmark:pilot --scenario channel_digest_ru',
    '<%= config.bin %> benchmark:pilot -s channel_digest_ru --judge llm --model qwen3-32b --against main',
  ]
  static override flags = pilotFlags
  static override args = {}

  protected async execute({flags}: Input<typeof BenchmarkPilot>): Promise<CommandResult<Pilot>> {
    const {runPilot} = await import('../../actions/pilot.js')
    return runPilot(this.runtime, flags)
  }
}
