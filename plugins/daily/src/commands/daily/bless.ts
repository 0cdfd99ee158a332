import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {BlessReport} from '../../actions/bless.js'
import {blessFlags} from '../../flags.js'

export default class DailyBless extends BaseCommand<typeof DailyBless> {
  static override summary = 'Call days of the board good: later ones are held against them.'
  static override description = `Takes at least 28 measured days of one judge. They stay the yardstick until others are blessed: one that moved along would
follow a slow decline. Ten of their digests become anchors, which the judge judges anew every day, so that its change is not taken for the writer's.`
  static override examples = [
    {description: 'All days of the board', command: '<%= config.bin %> daily bless'},
    {description: 'One month', command: '<%= config.bin %> daily bless --from 2024-10-03 --until 2024-11-03'},
  ]
  static override flags = blessFlags
  static override args = {}

  protected async execute({flags}: Input<typeof DailyBless>): Promise<CommandResult<BlessReport>> {
    const {bless} = await import('../../actions/bless.js')
    return bless(this.runtime, flags)
  }
}
