import {Args} from '@oclif/core'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {keyFlag, maxAgeFlag, ragConfigFlag, whyFlag} from '../../flags.js'
import type {PromotionData} from '../../wiring/promote-result.js'

export default class RagPromote extends BaseCommand<typeof RagPromote> {
  static override summary = 'Write the best setting of a tuning run into the configuration, signed; owner only.'
  static override description = `Refused with exit 2 when the gain's interval on the test queries includes zero, when the variance ratio's upper bound is above
reranker.adaptive_threshold, or when the result is stale: too old, or tuned from another configuration. Nothing is written then.`
  static override examples = [
    "<%= config.bin %> rag:promote tune/monday --why 'better on long questions'",
    "<%= config.bin %> rag:promote 0123456789ab --why 'repeatable at last' --max-age-days 2",
  ]
  static override flags = {
    'rag-config': ragConfigFlag,
    key: keyFlag,
    why: whyFlag,
    'max-age-days': maxAgeFlag,
  }
  static override args = {
    run: Args.string({description: 'Folder of a tuning run, or its name in .ep23/rag-tune.', required: true}),
  }

  protected async execute({flags, args}: Input<typeof RagPromote>): Promise<CommandResult<PromotionData>> {
    const {promoteResult} = await import('../../wiring/promote-result.js')
    return promoteResult(this.runtime, {...flags, dataDir: this.config.dataDir}, args.run)
  }
}
