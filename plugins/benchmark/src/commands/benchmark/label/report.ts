import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'

import {labelFolderFlags, planArg} from '../../../label-flags.js'
import type {LabelReportData} from '../../../usecases/label/report-labels.js'

export default class BenchmarkLabelReport extends BaseCommand<typeof BenchmarkLabelReport> {
  static override summary = 'Say how far raters agree with each other and with themselves, and what they prefer.'
  static override description = `Krippendorff's alpha (ordinal for scores, nominal for yes and no and for pairs) with bootstrap intervals over sources; each rater's hidden repeats; for
pairs the strengths of Bradley and Terry with intervals over sources, ties as half a win, with and without the texts' lengths, and how often the
text shown first wins. Until the plan is revealed writers are called by letters.`
  static override examples = ['<%= config.bin %> benchmark:label report labels/score-20241204']
  static override flags = {
    resamples: wholeNumber({
      summary: 'Bootstrap resamples of each interval.',
      min: 100,
      max: 1_000_000,
      default: 1000,
      env: 'EP23_BENCHMARK_LABEL_REPORT_RESAMPLES',
    }),
    seed: wholeNumber({summary: 'Of the resamples.', default: 23, env: 'EP23_BENCHMARK_LABEL_REPORT_SEED'}),
    ...labelFolderFlags,
  }
  static override args = {plan: planArg}
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkLabelReport>): Promise<CommandResult<LabelReportData>> {
    const {reportOnLabels} = await import('../../../actions/label-reports.js')
    return reportOnLabels(this.runtime, args.plan, flags)
  }
}
