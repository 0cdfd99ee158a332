import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {QueueState} from '../../../adapters/queue/queue-state.js'
import {queueFlags} from '../../../queue-flags.js'

export default class BenchmarkQueueStatus extends BaseCommand<typeof BenchmarkQueueStatus> {
  static override summary = 'Show how many samples wait in the queue, and how many workers there are.'
  static override examples = ['<%= config.bin %> benchmark:queue:status --queue redis://127.0.0.1:6379']
  static override flags = queueFlags
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof BenchmarkQueueStatus>): Promise<CommandResult<QueueState>> {
    const {showQueue} = await import('../../../actions/queue.js')
    return showQueue(flags.queue)
  }
}
