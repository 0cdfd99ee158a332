import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import {runsDirFlag} from '../../flags.js'
import type {VerifyData} from '../../usecases/verify/verify-archive.js'

export default class BenchmarkVerify extends BaseCommand<typeof BenchmarkVerify> {
  static override summary = 'Recompute every number of an archive offline and compare; exit 2 when anything differs.'
  static override description = `Scores come again from the records and the raw answers of the judge, statistics and verdicts from the scores, the files from those.
The first difference is named with file, line and field. Nothing is asked of anybody.`
  static override examples = [
    '<%= config.bin %> benchmark:verify evidence.tar.gz',
    '<%= config.bin %> benchmark:verify evidence.tar.gz --verify-key qa.key.pub',
    '<%= config.bin %> benchmark:verify latest',
    '<%= config.bin %> benchmark:verify datasets/benchmarks/20241204T090000Z-3f2a1b0c9d8e',
  ]
  static override args = {
    archive: Args.string({
      description: 'An archive of benchmark:archive, the folder of a run, or a run by its id or `latest`.',
      required: true,
    }),
  }
  static override flags = {
    'verify-key': Flags.string({
      summary: 'Public key (PEM) of whoever should have signed the archive.',
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_VERIFY_KEY',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkVerify>): Promise<CommandResult<VerifyData>> {
    const {verifyReference} = await import('../../actions/verify.js')
    const {settings, version} = this.runtime
    return verifyReference(args.archive, {datasetDir: settings.datasetDir, version, keyPath: flags['verify-key']})
  }
}
