import {Flags} from '@oclif/core'
import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {BuiltQueries} from '../../../wiring/build-queries.js'

export default class RagQueriesBuild extends BaseCommand<typeof RagQueriesBuild> {
  static override summary = "Take query candidates for labelling from the titles of the stored digests' posts."
  static override description = `Writes BEIR JSON Lines; each line also names the post that the words were taken from. They are candidates: judge by hand which posts
answer each, in TREC lines "query 0 channel/post_id relevance". Words of a post find that post more easily than a user's question would.`
  static override examples = [
    '<%= config.bin %> rag:queries:build --output queries.jsonl',
    '<%= config.bin %> rag:queries:build --output queries.jsonl --limit 200 --seed 5',
  ]
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'File to write.',
      helpValue: 'FILE',
      required: true,
      env: 'EP23_RAG_QUERIES_BUILD_OUTPUT',
    }),
    limit: wholeNumber({
      summary: 'Candidates at most.',
      min: 1,
      max: 100_000,
      default: 50,
      env: 'EP23_RAG_QUERIES_BUILD_LIMIT',
    }),
    seed: wholeNumber({summary: 'Seed of the draw.', min: 0, max: 2 ** 31 - 1, default: 23, env: 'EP23_RAG_SEED'}),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof RagQueriesBuild>): Promise<CommandResult<BuiltQueries>> {
    const {buildQueries} = await import('../../../wiring/build-queries.js')
    return buildQueries(this.runtime, flags)
  }
}
