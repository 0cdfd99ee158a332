import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import type {LabelReport} from '../../actions/label.js'
import {labelFlags} from '../../search-flags.js'
import {message} from '../../words/words.js'

export default class RagLabel extends BaseCommand<typeof RagLabel> {
  static override summary = 'Judge in the terminal which documents answer which queries.'
  static override description = `Shows what search finds for each query, one document after the other, with the matched words marked.
0 to 3 grade it (0: not relevant, 3: answers in full), arrows move, u takes the last judgement back, s skips, q quits.
Every judgement is in the file, as a TREC line that rag:evaluate reads, before the next document appears: the same command goes on later.`
  static override examples = [
    '<%= config.bin %> rag:label --queries queries.jsonl --qrels qrels.trec',
    '<%= config.bin %> rag:label --queries queries.jsonl --qrels qrels.trec --pool 30 --embeddings-model bge-m3',
  ]
  static override flags = labelFlags
  static override args = {}

  protected async execute({flags}: Input<typeof RagLabel>): Promise<CommandResult<LabelReport>> {
    const {label} = await import('../../actions/label.js')
    const data = await label(this.runtime, flags)
    const {path, made, judged, pairs, left} = data
    return {
      data,
      text: [
        message('judgementsMade', {made, judged, pairs, path}),
        left > 0 ? message('sameCommandGoesOn') : message('nowEvaluate'),
      ],
    }
  }
}
