import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {DrainReport} from '../../../actions/queue.js'
import {queueFlags} from '../../../queue-flags.js'

export default class BenchmarkQueueDrain extends BaseCommand<typeof BenchmarkQueueDrain> {
  static override summary = 'Take out of the queue what waits there, and results that no run has fetched.'
  static override description =
    'What workers are working on stays theirs. A run that is going on puts its samples in again; one that was stopped asks again with --resume.'
  static override examples = ['<%= config.bin %> benchmark:queue:drain --queue redis://127.0.0.1:6379']
  static override flags = queueFlags
  static override args = {}
  static override destructive = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof BenchmarkQueueDrain>): Promise<CommandResult<DrainReport>> {
    const {emptyQueue} = await import('../../../actions/queue.js')
    return emptyQueue(flags.queue)
  }
}
