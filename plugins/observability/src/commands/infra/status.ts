import {BaseCommand, EXIT, type CommandResult, type Input} from '@ep23/sdk'

import {stackFlags} from '../../flags.js'
import type {StepStatus} from '../../usecases/infra/inspect-stack.js'
import {message} from '../../words/words.js'

export default class InfraStatus extends BaseCommand<typeof InfraStatus> {
  static override summary = 'Check whether every part that infra:up started answers; exits 69 when one does not.'
  static override examples = ['<%= config.bin %> infra:status', '<%= config.bin %> infra:status --json']
  static override flags = {'state-dir': stackFlags['state-dir']}
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof InfraStatus>): Promise<CommandResult<{steps: StepStatus[]}>> {
    const [{infraDeps}, {readStatus}] = await Promise.all([
      import('../../actions/infra.js'),
      import('../../usecases/infra/inspect-stack.js'),
    ])
    const steps = await readStatus(infraDeps(this.runtime, flags))
    const text = steps.map(({step, url, up, problem}) =>
      up ? message('partUp', {step, url}) : message('partDown', {step, problem: problem ?? ''}),
    )
    return {
      data: {steps},
      text: text.length > 0 ? text : [message('nothingRuns')],
      exit: steps.every(({up}) => up) ? EXIT.ok : EXIT.unavailable,
    }
  }
}
