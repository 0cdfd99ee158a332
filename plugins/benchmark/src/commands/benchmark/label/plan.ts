import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {LabelPlanData} from '../../../actions/label-plan.js'
import {labelPlanFlags} from '../../../label-flags.js'

export default class BenchmarkLabelPlan extends BaseCommand<typeof BenchmarkLabelPlan> {
  static override summary = 'Draw the digests that people label, and the order in which each rater sees them.'
  static override description = `Writes a folder: plan.json (items, probabilities, orders), items.jsonl (texts), rubric.json (questions; change it before labelling begins) and
key.json (whose the items are; keep it from the raters). A tenth of the items comes to each rater twice, at least 20 items apart, pairs the other way
round. The same runs and seed give the same bytes. 100 digests labelled by two people calibrate a judge; 60 pairs decide a preference of 70 : 30.`
  static override examples = [
    '<%= config.bin %> benchmark:label plan --run latest --raters anna,boris --size 100',
    '<%= config.bin %> benchmark:label plan --run 20241204 --run 20241205 --mode pair --raters anna,boris --size 60 --name writers',
  ]
  static override flags = labelPlanFlags
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof BenchmarkLabelPlan>): Promise<CommandResult<LabelPlanData>> {
    const {planLabels} = await import('../../../actions/label-plan.js')
    return planLabels(this.runtime, flags)
  }
}
