import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {ArchiveData} from '../../adapters/run-archive.js'
import {runsDirFlag, runArg} from '../../flags.js'
import {message} from '../../words/words.js'

export default class BenchmarkArchive extends BaseCommand<typeof BenchmarkArchive> {
  static override summary = 'Pack a run with everything its numbers come from, for anyone to recompute.'
  static override description = `The archive holds the judged records, every raw answer of the judge, scenario and settings, all results and the report, with a hash of each.
The same run gives the same bytes. Whoever has it checks it offline: ep23 benchmark:verify FILE.`
  static override examples = [
    '<%= config.bin %> benchmark:archive latest',
    '<%= config.bin %> benchmark:archive latest --output evidence.tar.gz --sign qa.key',
  ]
  static override args = {run: runArg}
  static override flags = {
    output: Flags.string({
      summary: 'The file to write. [default: <run id>.tar.gz]',
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_ARCHIVE_OUTPUT',
    }),
    sign: Flags.string({
      summary: 'Sign it with this Ed25519 private key (see exporters:keygen).',
      helpValue: 'KEYFILE',
      env: 'EP23_BENCHMARK_ARCHIVE_SIGN',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof BenchmarkArchive>): Promise<CommandResult<ArchiveData>> {
    const [{findRun}, {archiveRun}] = await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../actions/archive.js'),
    ])
    const found = await findRun(this.runtime.settings.datasetDir, args.run)
    const {output = `${found.run.run_id}.tar.gz`, sign: keyPath} = flags
    const data = await archiveRun(found, {output, version: this.runtime.version, keyPath})
    const signed = data.key_id === null ? '' : message('signedBy', {key: data.key_id.slice(0, 12)})
    return {
      data,
      text: [message('archiveOf', {path: data.path, files: data.files.length + 1, sha256: data.sha256, signed})],
    }
  }
}
