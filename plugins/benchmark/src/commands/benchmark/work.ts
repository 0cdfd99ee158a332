import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {WorkReport} from '../../actions/work.js'
import {workFlags} from '../../queue-flags.js'

export default class BenchmarkWork extends BaseCommand<typeof BenchmarkWork> {
  static override summary = 'Judge and write for runs that were started with --queue, on this or any machine.'
  static override description = `Takes samples from the queue until Ctrl-C or SIGTERM, then finishes what is under way or hands it back. As many workers as you like may run.
What a worker that died was working on is taken over by another one. Each worker needs the LLM_URL and key of the run, and --store should be
the run's: answers that were paid for are then found there by whoever asks again.`
  static override examples = [
    '<%= config.bin %> benchmark:work --queue redis://10.0.0.5:6379 --store mongodb://10.0.0.6/butler',
    '<%= config.bin %> benchmark:work --queue redis://127.0.0.1:6379 --concurrency 32',
  ]
  static override flags = workFlags
  static override args = {}
  static override endsItself = true

  protected async execute({flags}: Input<typeof BenchmarkWork>): Promise<CommandResult<WorkReport>> {
    const {workOnQueue} = await import('../../actions/work.js')
    return workOnQueue(this.runtime, flags)
  }
}
