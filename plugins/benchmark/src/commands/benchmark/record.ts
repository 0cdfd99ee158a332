import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {runsDirFlag, runArg} from '../../flags.js'
import type {RecordData} from '../../usecases/record-scores.js'

export default class BenchmarkRecord extends BaseCommand<typeof BenchmarkRecord> {
  static override summary = 'Keep the scores of a run with the digests that it judged, for exports and dry runs.'
  static override description = `Each document whose text is still the one that was judged gets the model, its prompt's version and its scores; the version before
goes into the history. Only a language model's scores are kept: those of the lexical judge are computed wherever they are needed.`
  static override examples = [
    '<%= config.bin %> benchmark:record latest',
    {
      description: 'Then a dry run has something to say',
      command: '<%= config.bin %> benchmark:run -s channel_digest_ru --dry-run',
    },
  ]
  static override args = {run: runArg}
  static override flags = {'dataset-dir': runsDirFlag}
  static override idempotent = true

  protected async execute({args}: Input<typeof BenchmarkRecord>): Promise<CommandResult<RecordData>> {
    const [{findRun}, {recordScores, recordWarnings, renderRecorded}] = await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../usecases/record-scores.js'),
    ])
    const data = await recordScores(this.runtime, await findRun(this.runtime.settings.datasetDir, args.run))
    return {data, text: renderRecorded(data), warnings: recordWarnings(data)}
  }
}
