import * as Flags from '@oclif/core/flags'
import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {PruneReport} from '../../usecases/prune-telemetry.js'
import {message} from '../../words/words.js'

const days = (summary: string, env: string, fallback: number) =>
  wholeNumber({summary, min: 0, max: 36_500, default: fallback, env: `EP23_OBSERVABILITY_PRUNE_${env}`})

export default class ObservabilityPrune extends BaseCommand<typeof ObservabilityPrune> {
  static override summary = 'Remove old spans, runs and log files; no counter falls by it.'
  static override examples = [
    '<%= config.bin %> observability:prune --dry-run',
    '<%= config.bin %> observability:prune --span-days 7 --run-days 365',
  ]
  static override flags = {
    'span-days': days('Days for which spans are kept.', 'SPAN_DAYS', 30),
    'run-days': days('Days for which runs are kept.', 'RUN_DAYS', 180),
    'log-days': days('Days for which log files are kept.', 'LOG_DAYS', 30),
    'dry-run': Flags.boolean({summary: 'Only count.', default: false, env: 'EP23_OBSERVABILITY_PRUNE_DRY_RUN'}),
  }
  static override args = {}
  static override destructive = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof ObservabilityPrune>): Promise<CommandResult<PruneReport>> {
    const {pruneTelemetry} = await import('../../usecases/prune-telemetry.js')
    const report = await pruneTelemetry(this.runtime, {
      spanDays: flags['span-days'],
      runDays: flags['run-days'],
      logDays: flags['log-days'],
      dryRun: flags['dry-run'],
    })
    const {spans, runs, log_files, folded} = report
    return {
      data: report,
      text: [message(report.dry_run ? 'wouldRemove' : 'removed', {spans, runs, logs: log_files, folded})],
    }
  }
}
