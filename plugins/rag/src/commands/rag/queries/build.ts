import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {queriesFlags} from '../../../flags.js'
import type {BuiltQueries} from '../../../actions/build-queries.js'

export default class RagQueriesBuild extends BaseCommand<typeof RagQueriesBuild> {
  static override summary =
    "Make query candidates for labelling: from titles of the stored digests' posts, and by a language model."
  static override description = `Writes BEIR JSON Lines; each line also names the post that it was made of and whether a title or a model made it. They are candidates:
judge with rag:label which posts answer each. Words of a post find that post more easily than a user's question would.
--model has a model behind LLM_URL (OpenAI-compatible, key in OPENAI_API_KEY) think of further queries, in its own words.`
  static override examples = [
    '<%= config.bin %> rag:queries:build --output queries.jsonl',
    '<%= config.bin %> rag:queries:build --output queries.jsonl --limit 200 --seed 5',
    'LLM_URL=http://localhost:11434/v1 <%= config.bin %> rag:queries:build --output queries.jsonl --model qwen3 --no-titles',
  ]
  static override flags = queriesFlags
  static override args = {}

  protected async execute({flags}: Input<typeof RagQueriesBuild>): Promise<CommandResult<BuiltQueries>> {
    const {buildQueries} = await import('../../../actions/build-queries.js')
    return buildQueries(this.runtime, flags)
  }
}
