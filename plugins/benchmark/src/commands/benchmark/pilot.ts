import {Flags} from '@oclif/core'
import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'

import type {Pilot} from '../../domain/pilot.js'
import {judgeFlags, limitFlags} from '../../flags-of-judges.js'
import {datasetDirFlag} from '../../flags-of-stored-runs.js'

export default class BenchmarkPilot extends BaseCommand<typeof BenchmarkPilot> {
  static override summary = 'The pilot: dry run, live run, comparison, and a log with evidence to sign.'
  static override description = `The dry run takes the scores stored with the samples, the live run asks the judge. Both are archived and hashed.
Runs that may not be compared are told so in the log, with every difference. The exit code is the live run's.`
  static override examples = [
    '<%= config.bin %> benchmark:pilot --scenario channel_digest_ru',
    '<%= config.bin %> benchmark:pilot -s channel_digest_ru --judge llm --model qwen3-32b --against main',
  ]
  static override flags = {
    scenario: Flags.string({
      char: 's',
      summary: 'Name of a scenario, or its YAML file.',
      helpValue: 'NAME|FILE',
      required: true,
      env: 'EP23_BENCHMARK_SCENARIO',
    }),
    dataset: Flags.string({
      char: 'd',
      summary: 'An exported file (.jsonl, .gz, .zst), or the store.',
      helpValue: 'FILE|store',
      default: 'store',
      env: 'EP23_BENCHMARK_DATASET',
    }),
    judge: Flags.string({
      char: 'j',
      summary: "Judge of the live run. [default: the scenario's]",
      env: 'EP23_BENCHMARK_JUDGE',
    }),
    against: Flags.string({
      summary: 'Baseline or run that the live run is compared with. [default: the dry run]',
      helpValue: 'NAME|RUN',
      env: 'EP23_BENCHMARK_PILOT_AGAINST',
    }),
    limit: wholeNumber({summary: 'Only the first N samples.', min: 1, env: 'EP23_BENCHMARK_LIMIT'}),
    log: Flags.string({
      summary: 'The log. [default: stage_05_03_pilot_log.md in the dataset folder]',
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_PILOT_LOG',
    }),
    replace: Flags.boolean({summary: 'Write over a log that exists.', env: 'EP23_BENCHMARK_PILOT_REPLACE'}),
    ...limitFlags,
    ...judgeFlags,
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}

  protected async execute({flags}: Input<typeof BenchmarkPilot>): Promise<CommandResult<Pilot>> {
    const [{pilotAsAsked}, {llmJudgeOptions}] = await Promise.all([
      import('../../wiring/pilot-as-asked.js'),
      import('../../wiring/llm-judge-options.js'),
    ])
    const {scenario, dataset, judge, limit, against, log, replace} = flags
    const run = {
      scenario,
      dataset,
      judge,
      limit,
      dryRun: false,
      judgeRepeats: 1,
      resume: false,
      baseline: undefined,
      output: undefined,
      failOnWarn: flags['fail-on-warn'],
      failOnUndecided: flags['fail-on-undecided'],
      limits: {
        maxCost: flags['max-cost'],
        maxTokens: flags['max-tokens'],
        maxMinutes: flags['max-minutes'],
        sampleSeconds: flags['sample-timeout'],
      },
      llm: llmJudgeOptions(flags),
    }
    return pilotAsAsked(this.runtime, {run, against, log, replace})
  }
}
