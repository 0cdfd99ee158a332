import {BaseCommand, type CommandResult, type Input, usageError} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {isBaselineName} from '../../domain/baseline.js'
import {runsDirFlag, runArg} from '../../flags.js'

interface BlessData {
  name: string
  path: string
  run_id: string
  scenario: string
  judge: string
  verdict: string
  samples: number
  /** The run that had this name before; null when the name is new. */
  replaced: string | null
}

export default class BenchmarkBless extends BaseCommand<typeof BenchmarkBless> {
  static override summary = 'Make a run the named baseline that later runs are compared with.'
  static override description = `A baseline is one file with all that a comparison needs and no texts: it can be committed and outlives the run.
An existing baseline is replaced only with --replace.`
  static override examples = [
    '<%= config.bin %> benchmark:bless latest --as main',
    '<%= config.bin %> benchmark:bless 20241204T0900 --as main --replace --note "new prompt"',
  ]
  static override args = {run: runArg}
  static override flags = {
    as: Flags.string({
      summary: 'Name of the baseline.',
      helpValue: 'NAME',
      required: true,
      env: 'EP23_BENCHMARK_BLESS_AS',
    }),
    note: Flags.string({summary: 'Why this run is the yardstick.', env: 'EP23_BENCHMARK_BLESS_NOTE'}),
    replace: Flags.boolean({summary: 'Replace a baseline of that name.', env: 'EP23_BENCHMARK_BLESS_REPLACE'}),
    'dataset-dir': runsDirFlag,
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof BenchmarkBless>): Promise<CommandResult<BlessData>> {
    const [{isBaseline, readBaseline, writeBaseline}, {findRun}] = await Promise.all([
      import('../../adapters/baselines.js'),
      import('../../adapters/runs-directory.js'),
    ])
    const {datasetDir} = this.runtime.settings
    if (!isBaselineName(flags.as))
      throw usageError(
        `"${flags.as}" cannot name a baseline: use a-z, 0-9, ".", "_" and "-", at most 64, and not latest`,
        ['such as --as main'],
      )
    const found = await findRun(datasetDir, args.run)
    const standing = await isBaseline(datasetDir, flags.as)
    if (standing && !flags.replace)
      throw usageError(`there is a baseline ${flags.as} already`, ['replace it: --replace', 'or choose another name'])
    const replaced = standing
      ? await readBaseline(datasetDir, flags.as).then(
          ({head}) => head.run.run_id,
          () => null,
        )
      : null
    const {path, head} = await writeBaseline(datasetDir, found, {
      name: flags.as,
      note: flags.note ?? null,
      blessedAt: this.runtime.clock.now(),
    })
    const {run_id, identity, assessment} = head.run
    const data = {
      name: flags.as,
      path,
      run_id,
      scenario: identity.scenario.name,
      judge: identity.judge.name,
      verdict: assessment.verdict,
      samples: head.samples,
      replaced,
    }
    return {data, text: [`baseline ${data.name}: run ${run_id} (${data.verdict}), ${path}`], warnings: warningsOf(data)}
  }
}

function warningsOf({verdict, run_id}: BlessData): string[] {
  return verdict === 'pass' ? [] : [`run ${run_id} did not pass its gates (${verdict}): it is a low yardstick`]
}
