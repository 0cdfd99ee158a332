import {
  BaseCommand,
  type CommandResult,
  EXIT,
  type Input,
  readTextIfThere,
  writeFileAtomically,
  type Message,
} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {runsDirFlag, runArg} from '../../flags.js'
import {message} from '../../words/words.js'

interface PublishData {
  path: string
  run_id: string
  changed: boolean
  /** False with --check. */
  written: boolean
  rows: number
  run_ids: string[]
}

const PAGE = 'docs/reference/en/PERFORMANCE_BENCHMARKS.md'

export default class BenchmarkPublish extends BaseCommand<typeof BenchmarkPublish> {
  static override summary = 'Put a run into the benchmark table of the documentation.'
  static override description = `Only the table between the page's markers is rewritten; a newer run replaces the row of its scenario, judge and kind of samples.
With --check nothing is written, and the exit code is 2 when the page does not show this run.`
  static override examples = [
    '<%= config.bin %> benchmark:publish latest',
    '<%= config.bin %> benchmark:publish 20241204T0900 --check',
  ]
  static override args = {run: runArg}
  static override flags = {
    file: Flags.string({
      summary: 'The page.',
      helpValue: 'FILE',
      default: PAGE,
      env: 'EP23_BENCHMARK_PUBLISH_FILE',
    }),
    check: Flags.boolean({summary: 'Write nothing, only compare.', env: 'EP23_BENCHMARK_PUBLISH_CHECK'}),
    'dataset-dir': runsDirFlag,
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof BenchmarkPublish>): Promise<CommandResult<PublishData>> {
    const [{findRun}, {outputFile}, {publishRuns}] = await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../adapters/output-file.js'),
      import('../../usecases/publish-runs.js'),
    ])
    const {run} = await findRun(this.runtime.settings.datasetDir, args.run)
    const path = await outputFile(flags.file, '--file', isEdited)
    const {text, changed, rows, run_ids} = publishRuns(await readTextIfThere(path), [run], flags.file)
    const written = changed && !flags.check
    if (written) await writeFileAtomically(path, text)
    const data = {path, run_id: run.run_id, changed, written, rows, run_ids}
    return {data, text: [sentenceOf(data)], exit: flags.check && changed ? EXIT.gateFailed : EXIT.ok}
  }
}

/** The page is others': only the table between its markers is written. */
const isEdited = (): boolean => true

function sentenceOf({path, run_id, changed, written}: PublishData): Message {
  if (written) return message('nowShows', {path, run_id})
  return changed ? message('doesNotShow', {path, run_id}) : message('showsAlready', {path, run_id})
}
