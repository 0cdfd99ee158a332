import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {labelFolderFlags, planArg} from '../../../label-flags.js'
import type {RevealData} from '../../../usecases/label/reveal-items.js'

export default class BenchmarkLabelReveal extends BaseCommand<typeof BenchmarkLabelReveal> {
  static override summary = 'Say whose the items of a plan are, and where the judge and the people differ most.'
  static override description = `Ends the blindness: a line in reveals.jsonl says when. From then on raters may read each other's labels, and reports name the writers.`
  static override examples = ['<%= config.bin %> benchmark:label reveal labels/score-20241204']
  static override flags = labelFolderFlags
  static override args = {plan: planArg}

  protected async execute({flags, args}: Input<typeof BenchmarkLabelReveal>): Promise<CommandResult<RevealData>> {
    const {revealLabels} = await import('../../../actions/label-reports.js')
    return revealLabels(this.runtime, args.plan, flags)
  }
}
