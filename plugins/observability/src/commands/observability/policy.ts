import * as Flags from '@oclif/core/flags'
import {BaseCommand, EXIT, type CommandResult, type Input} from '@ep23/sdk'

import type {PolicyReport} from '../../usecases/check-policy.js'

export default class ObservabilityPolicy extends BaseCommand<typeof ObservabilityPolicy> {
  static override summary =
    'List every declared metric, and check metrics and runtimes against the policy; exit 2 when it is broken.'
  static override description =
    'Starts the command line, the sidecar and the MCP server over scratch stores and looks at the metrics, log fields and spans that they really leave.'
  static override examples = [
    '<%= config.bin %> observability:policy',
    '<%= config.bin %> observability:policy --no-live --json',
  ]
  static override flags = {
    live: Flags.boolean({
      summary: 'Start every runtime and measure its coverage.',
      default: true,
      allowNo: true,
      env: 'EP23_OBSERVABILITY_POLICY_LIVE',
    }),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof ObservabilityPolicy>): Promise<CommandResult<PolicyReport>> {
    const [{checkPolicy, renderPolicy}, {measureRuntime}] = await Promise.all([
      import('../../usecases/check-policy.js'),
      import('../../adapters/measure-runtime.js'),
    ])
    const {sharedMetrics, signal} = this.runtime
    const options = {
      program: [process.execPath, process.argv[1] ?? ''],
      env: process.env,
      openStore: (location: string) => this.runtime.openStore(location),
      signal,
    }
    const report = await checkPolicy({
      declarations: await sharedMetrics.declarations(),
      measure: flags.live ? async service => measureRuntime(service, options) : undefined,
    })
    return {data: report, text: renderPolicy(report), exit: report.findings.length > 0 ? EXIT.gateFailed : EXIT.ok}
  }
}
