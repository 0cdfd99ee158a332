import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {LabelSessionData} from '../../../actions/label-session.js'
import {labelFolderFlags, planArg} from '../../../label-flags.js'

export default class BenchmarkLabel extends BaseCommand<typeof BenchmarkLabel> {
  static override summary = 'Label the digests of a plan, blind, with the keyboard.'
  static override description = `Shows one digest (or two) after the other above its posts and asks what the plan's rubric says. Who wrote it, what a judge thinks and what
other raters said is not shown, and is in no file that a session opens. Digits answer, u takes the last answer back as often as you like, s skips,
q quits; the keys are the same in the Russian layout. Every answer is a line in the rater's file, synced before the next question: the same
command goes on where it was.`
  static override examples = [
    '<%= config.bin %> benchmark:label plan --run latest --raters anna,boris --size 60',
    '<%= config.bin %> benchmark:label labels/score-20241204 --rater anna',
    '<%= config.bin %> benchmark:label labels/score-20241204 --rater boris --web',
  ]
  static override flags = {
    rater: Flags.string({
      summary: 'Who labels; a name of the plan.',
      helpValue: 'NAME',
      required: true,
      env: 'EP23_BENCHMARK_LABEL_RATER',
    }),
    web: Flags.boolean({
      summary: 'Label in a browser on this machine instead of in the terminal; the lines are the same.',
      default: false,
      env: 'EP23_BENCHMARK_LABEL_WEB',
    }),
    port: wholeNumber({
      summary: 'With --web: port on the loopback. [default: any free one]',
      default: 0,
      max: 65_535,
      env: 'EP23_BENCHMARK_LABEL_PORT',
    }),
    ...labelFolderFlags,
  }
  static override args = {plan: planArg}

  protected async execute({flags, args}: Input<typeof BenchmarkLabel>): Promise<CommandResult<LabelSessionData>> {
    const {labelPlan} = await import('../../../actions/label-session.js')
    return labelPlan(this.runtime, args.plan, flags)
  }
}
