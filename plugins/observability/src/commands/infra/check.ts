import {BaseCommand, EXIT, type CommandResult, type Input} from '@ep23/sdk'

import type {MissingPart} from '../../domain/infra.js'
import {planFlags, stackFlags} from '../../flags.js'
import {message} from '../../words/words.js'

export interface CheckReport {
  checked: string[]
  missing: MissingPart[]
}

export default class InfraCheck extends BaseCommand<typeof InfraCheck> {
  static override summary =
    'Check what infra:up needs on this host and start nothing; exits 69 when something is missing.'
  static override examples = ['<%= config.bin %> infra:check', '<%= config.bin %> infra:check --step mongo --json']
  static override flags = {...planFlags, 'state-dir': stackFlags['state-dir']}
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof InfraCheck>): Promise<CommandResult<CheckReport>> {
    const [{infraDeps}, {findMissing}, {readPlans}] = await Promise.all([
      import('../../actions/infra.js'),
      import('../../usecases/infra/inspect-stack.js'),
      import('../../usecases/infra/read-plans.js'),
    ])
    const plans = readPlans(flags)
    const missing = await findMissing(infraDeps(this.runtime, flags).parts, plans)
    const text = missing.map(({step, problem, fix}) => message('partMissing', {step, problem, fix}))
    return {
      data: {checked: plans.map(({step}) => step), missing},
      text: missing.length > 0 ? text : [message('nothingMissing', {parts: plans.map(({step}) => step).join(', ')})],
      exit: missing.length > 0 ? EXIT.unavailable : EXIT.ok,
    }
  }
}
