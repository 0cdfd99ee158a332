import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {RecordData} from '../../actions/record.js'
import {datasetDirFlag, runArg} from '../../flags.js'

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
  static override flags = {'dataset-dir': datasetDirFlag}
  static override idempotent = true

  protected async execute({args}: Input<typeof BenchmarkRecord>): Promise<CommandResult<RecordData>> {
    const {recordScores} = await import('../../actions/record.js')
    return recordScores(this.runtime, args.run)
  }
}
