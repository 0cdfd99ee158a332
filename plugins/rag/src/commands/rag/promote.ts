import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {promoteFlags, tuningRunArg} from '../../flags.js'
import type {PromotionData} from '../../actions/promote.js'

export default class RagPromote extends BaseCommand<typeof RagPromote> {
  static override summary = 'Write the best setting of a tuning run into the configuration, signed; owner only.'
  static override description = `Refused with exit 2 when the gain's interval on the test queries includes zero, when the variance ratio's upper bound is above
reranker.adaptive_threshold, when more than 5 percent of the reranker's replies were unusable, or when the result is stale: too old, or tuned
from another configuration. Nothing is written then.
--canary 5 leaves the values of everybody as they are and adds a section canary: 5 percent of the users get the setting. Widen it with a
larger number, end it with 100 or without --canary, take it back with rag:rollback. Which users those are is up to the program that reads the file.`
  static override examples = [
    "<%= config.bin %> rag:promote tune/monday --why 'better on long questions'",
    "<%= config.bin %> rag:promote 0123456789ab --why 'repeatable at last' --max-age-days 2",
    "<%= config.bin %> rag:promote tune/monday --canary 5 --why 'try it on a few first'",
  ]
  static override flags = promoteFlags
  static override args = {run: tuningRunArg}

  protected async execute({flags, args}: Input<typeof RagPromote>): Promise<CommandResult<PromotionData>> {
    const {promoteResult} = await import('../../actions/promote.js')
    return promoteResult(this.runtime, {...flags, dataDir: this.config.dataDir}, args.run)
  }
}
