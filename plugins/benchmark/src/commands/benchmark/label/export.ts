import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {LabelExportData} from '../../../actions/label-reports.js'
import {labelFolderFlags, planArg} from '../../../label-flags.js'

export default class BenchmarkLabelExport extends BaseCommand<typeof BenchmarkLabelExport> {
  static override summary = 'Write the scores of a plan as labels that benchmark:calibrate and other tools read.'
  static override description = `JSON Lines with source, summary, human_score, score, rater, group and item: a line for each rater, digest and score; repeats, warm-up and other rubrics are left out.`
  static override examples = [
    '<%= config.bin %> benchmark:label export labels/score-20241204 --output labels.jsonl --score coverage',
  ]
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'The file.',
      helpValue: 'FILE',
      default: 'labels.jsonl',
      env: 'EP23_BENCHMARK_LABEL_EXPORT_OUTPUT',
    }),
    score: Flags.string({
      summary: 'Only this score. [default: all]',
      helpValue: 'NAME',
      env: 'EP23_BENCHMARK_LABEL_EXPORT_SCORE',
    }),
    ...labelFolderFlags,
  }
  static override args = {plan: planArg}
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof BenchmarkLabelExport>): Promise<CommandResult<LabelExportData>> {
    const {exportLabels} = await import('../../../actions/label-reports.js')
    return exportLabels(this.runtime, args.plan, flags)
  }
}
