import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {stackFlags} from '../../flags.js'
import type {TakenDown} from '../../usecases/infra/take-down.js'
import {message} from '../../words/words.js'

export default class InfraDown extends BaseCommand<typeof InfraDown> {
  static override summary = 'Take down everything that infra:up has started, and nothing else.'
  static override examples = ['<%= config.bin %> infra:down', '<%= config.bin %> infra:down --wait 60']
  static override flags = {...stackFlags}
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof InfraDown>): Promise<CommandResult<TakenDown>> {
    const [{infraDeps}, {takeDownStack}] = await Promise.all([
      import('../../actions/infra.js'),
      import('../../usecases/infra/take-down.js'),
    ])
    const data = await takeDownStack(infraDeps(this.runtime, flags), flags.wait)
    return {data, text: [data.stopped.length > 0 ? `down: ${data.stopped.join(', ')}` : message('nothingRan')]}
  }
}
