import * as Flags from '@oclif/core/flags'
import {BaseCommand, share, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {collectionFlags} from '../../flags.js'
import type {TuningResult} from '../../domain/tuning-result.js'

export default class RagTune extends BaseCommand<typeof RagTune> {
  static override summary = 'Try settings of retrieval and reranking, and tell a real gain from luck.'
  static override description = `Settings are chosen on one part of the judged queries and measured on the other, each several times with its own seed.
The space is a file of dotted keys: a list of values, or {min, max, steps}. Nothing is changed: promote the result with rag:promote.
A run that was interrupted goes on when it is started again: what was measured is kept. For a fresh measurement name another --output.`
  static override examples = [
    '<%= config.bin %> rag:tune --space space.yaml --queries queries.jsonl --qrels qrels.tsv',
    '<%= config.bin %> rag:tune --space space.yaml --squad xquad.ru.json --method halving --budget 40 --output tune/monday',
  ]
  static override flags = {
    ...collectionFlags,
    space: Flags.string({summary: 'What to try.', helpValue: 'FILE', required: true, env: 'EP23_RAG_TUNE_SPACE'}),
    method: Flags.option({options: ['grid', 'random', 'halving'] as const})({
      summary: 'How to go through the space.',
      default: 'grid',
      env: 'EP23_RAG_TUNE_METHOD',
    }),
    budget: wholeNumber({
      summary: 'Settings to try at most.',
      min: 1,
      max: 100_000,
      default: 50,
      env: 'EP23_RAG_TUNE_BUDGET',
    }),
    measure: Flags.string({
      summary: 'What quality means.',
      helpValue: 'nDCG@10',
      default: 'nDCG@10',
      env: 'EP23_RAG_TUNE_MEASURE',
    }),
    repeats: wholeNumber({
      summary: 'How often to repeat each trial.',
      min: 3,
      max: 100,
      default: 3,
      env: 'EP23_RAG_TUNE_REPEATS',
    }),
    'train-share': share({
      summary: 'Share of the queries to choose on.',
      default: 0.5,
      env: 'EP23_RAG_TUNE_TRAIN_SHARE',
    }),
    output: Flags.string({
      char: 'o',
      summary: 'Folder for the trials. [default: in .ep23/rag-tune, by what is asked]',
      helpValue: 'DIR',
      env: 'EP23_RAG_TUNE_OUTPUT',
    }),
  }
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
