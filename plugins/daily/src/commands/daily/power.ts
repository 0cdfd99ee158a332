import {BaseCommand, type CommandResult, datasetDirFlag, type Input, wholeNumber} from '@ep23/sdk'

import type {PowerReport} from '../../actions/power.js'

export default class DailyPower extends BaseCommand<typeof DailyPower> {
  static override summary = 'Show how small a decline can be seen, and how soon, with the blessed baseline.'
  static override examples = [{description: 'By its own noise', command: '<%= config.bin %> daily power'}]
  static override flags = {
    runs: wholeNumber({
      summary: 'Simulated series for each line.',
      default: 300,
      min: 50,
      max: 10_000,
      env: 'EP23_DAILY_POWER_RUNS',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof DailyPower>): Promise<CommandResult<PowerReport>> {
    const {power} = await import('../../actions/power.js')
    return power(this.runtime, flags)
  }
}
