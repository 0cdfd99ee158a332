import {BaseCommand, EXIT, type CommandResult, type Input} from '@ep23/sdk'

import {planFlags, stackFlags, startFlags} from '../../flags.js'
import type {RestartReport} from '../../usecases/infra/restart-test.js'

export default class InfraRestartTest extends BaseCommand<typeof InfraRestartTest> {
  static override summary =
    'Bring the stack up, down and up again, and compare; exits 2 when it did not come back the same.'
  static override examples = ['<%= config.bin %> infra:restart-test --step mongo,mock_services']
  static override flags = {...planFlags, ...stackFlags, ...startFlags}
  static override args = {}

  protected async execute({flags}: Input<typeof InfraRestartTest>): Promise<CommandResult<RestartReport>> {
    const [{infraDeps}, {testRestart}, {idlePrometheus, readPlans}] = await Promise.all([
      import('../../actions/infra.js'),
      import('../../usecases/infra/restart-test.js'),
      import('../../usecases/infra/read-plans.js'),
    ])
    const {attempts, wait: waitSeconds} = flags
    const deps = infraDeps(this.runtime, flags)
    const running = await deps.state.read()
    const plans = readPlans(flags, running?.steps)
    const data = await testRestart(deps, {plans, attempts, waitSeconds})
    const text = data.steps.map(
      ({step, same_url, old_process_gone}) =>
        `${step}: ${same_url ? 'same address' : 'another address'}${old_process_gone === false ? ', the old process still runs' : ''}`,
    )
    return {data, text, warnings: idlePrometheus(plans, flags), exit: data.passed ? EXIT.ok : EXIT.gateFailed}
  }
}
