import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {TuningResult} from '../../domain/tuning-result.js'
import {tuneFlags} from '../../search-flags.js'

export default class RagTune extends BaseCommand<typeof RagTune> {
  static override summary = 'Try settings of retrieval and reranking, and tell a real gain from luck.'
  static override description = `Settings are chosen on one part of the judged queries and measured on the other, each several times with its own seed.
The space is a file of dotted keys: a list of values, or {min, max, steps}. Nothing is changed: promote the result with rag:promote.
A run that was interrupted goes on when it is started again: what was measured is kept. For a fresh measurement name another --output.`
  static override examples = [
    '<%= config.bin %> rag:tune --space space.yaml --queries queries.jsonl --qrels qrels.tsv',
    '<%= config.bin %> rag:tune --space space.yaml --squad xquad.ru.json --method halving --budget 40 --output tune/monday',
  ]
  static override flags = tuneFlags
  static override args = {}

  protected async execute({flags}: Input<typeof RagTune>): Promise<CommandResult<TuningResult>> {
    const [{tune}, {renderTuning}] = await Promise.all([
      import('../../actions/tune.js'),
      import('../../usecases/render-tuning.js'),
    ])
    const data = await tune(this.runtime, flags)
    return {data, text: renderTuning(data)}
  }
}
