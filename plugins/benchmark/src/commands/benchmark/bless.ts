import {BaseCommand, type CommandResult, type Input, usageError, type Message} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {isBaselineName} from '../../domain/baseline.js'
import {runsDirFlag, runArg} from '../../flags.js'
import {message} from '../../words/words.js'
import {messageOf} from '../../domain/messages/localized-text.js'
import {localizedName} from '../../domain/messages/names.js'

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
      throw usageError(message('notBaselineName', {name: flags.as}), [message('suchAsMain')])
    const found = await findRun(datasetDir, args.run)
    const standing = await isBaseline(datasetDir, flags.as)
    if (standing && !flags.replace)
      throw usageError(message('baselineExists', {as: flags.as}), [message('replaceIt'), message('otherName')])
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
    const blessed = {name: data.name, run: run_id, verdict: messageOf(localizedName(data.verdict)), path}
    return {data, text: [message('baselineBlessed', blessed)], warnings: warningsOf(data)}
  }
}

function warningsOf({verdict, run_id}: BlessData): Message[] {
  return verdict === 'pass' ? [] : [message('lowYardstick', {run_id, verdict: messageOf(localizedName(verdict))})]
}
