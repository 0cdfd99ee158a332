import * as Flags from '@oclif/core/flags'
import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {temperatureFlag} from '../../../flags.js'
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
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'File to write.',
      helpValue: 'FILE',
      required: true,
      env: 'EP23_RAG_QUERIES_BUILD_OUTPUT',
    }),
    limit: wholeNumber({
      summary: 'Candidates at most, of either kind.',
      min: 1,
      max: 100_000,
      default: 50,
      env: 'EP23_RAG_QUERIES_BUILD_LIMIT',
    }),
    seed: wholeNumber({
      summary: 'Seed of the draw; the model is sent it too, one more for each post.',
      min: 0,
      max: 2 ** 31 - 1,
      default: 23,
      env: 'EP23_RAG_SEED',
    }),
    titles: Flags.boolean({
      summary: 'Take titles and first sentences.',
      default: true,
      allowNo: true,
      env: 'EP23_RAG_QUERIES_BUILD_TITLES',
    }),
    model: Flags.string({
      summary: 'Also have this model write queries.',
      helpValue: 'MODEL',
      env: 'EP23_RAG_QUERIES_BUILD_MODEL',
    }),
    temperature: temperatureFlag({
      summary: 'Sent to the model.',
      default: 0.7,
      env: 'EP23_RAG_QUERIES_BUILD_TEMPERATURE',
    }),
    'timeout-seconds': wholeNumber({
      summary: 'For an answer of the model.',
      min: 1,
      max: 3600,
      default: 60,
      env: 'EP23_RAG_QUERIES_BUILD_TIMEOUT_SECONDS',
    }),
  }
  static override args = {}

  protected async execute({flags}: Input<typeof RagQueriesBuild>): Promise<CommandResult<BuiltQueries>> {
    const {buildQueries} = await import('../../../actions/build-queries.js')
    return buildQueries(this.runtime, flags)
  }
}
