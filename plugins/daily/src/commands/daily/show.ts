import * as Args from '@oclif/core/args'
import {BaseCommand, type CommandResult, datasetDirFlag, type Input, wholeNumber} from '@ep23/sdk'

import type {ShowReport} from '../../actions/show-board.js'

export default class DailyShow extends BaseCommand<typeof DailyShow> {
  static override summary = 'Show days of the score board.'
  static override examples = [
    {description: 'The last two weeks', command: '<%= config.bin %> daily show'},
    {description: 'One day, with all that is known of it', command: '<%= config.bin %> daily show 2024-12-03 --json'},
  ]
  static override flags = {
    days: wholeNumber({summary: 'How many of the last days.', default: 14, min: 1, env: 'EP23_DAILY_SHOW_DAYS'}),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {day: Args.string({description: 'A day, YYYY-MM-DD.'})}
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof DailyShow>): Promise<CommandResult<ShowReport>> {
    const {showBoard} = await import('../../actions/show-board.js')
    return showBoard(this.runtime, {day: args.day, days: flags.days})
  }
}
