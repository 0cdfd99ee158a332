import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {labelFolderFlags, planArg} from '../../../label-flags.js'
import type {LabelStatusData} from '../../../usecases/label/label-status.js'

export default class BenchmarkLabelStatus extends BaseCommand<typeof BenchmarkLabelStatus> {
  static override summary = 'Show how far each rater of a plan is.'
  static override examples = ['<%= config.bin %> benchmark:label status labels/score-20241204']
  static override flags = labelFolderFlags
  static override args = {plan: planArg}
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkLabelStatus>): Promise<CommandResult<LabelStatusData>> {
    const {statusOfLabels} = await import('../../../actions/label-reports.js')
    return statusOfLabels(this.runtime, args.plan, flags)
  }
}
