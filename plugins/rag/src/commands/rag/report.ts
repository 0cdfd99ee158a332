import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {reportFlags, tuningRunArg} from '../../flags.js'
import type {ReportData} from '../../actions/report.js'

export default class RagReport extends BaseCommand<typeof RagReport> {
  static override summary = 'Write a tuning run as one HTML file that opens anywhere, in Russian and English.'
  static override description = `The Pareto front with intervals, every test query under the best setting against the current one, the variance of past runs,
and what rag:promote would do now. The file loads nothing from anywhere and holds no script. No key is needed.`
  static override examples = [
    '<%= config.bin %> rag:report latest',
    '<%= config.bin %> rag:report tune/monday',
    '<%= config.bin %> rag:report 0123456789ab --output report.html',
  ]
  static override flags = reportFlags
  static override args = {run: tuningRunArg}
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof RagReport>): Promise<CommandResult<ReportData>> {
    const {writeReport} = await import('../../actions/report.js')
    return writeReport(this.runtime, flags, args.run)
  }
}
