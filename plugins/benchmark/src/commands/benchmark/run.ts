import {Flags} from '@oclif/core'
import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {datasetDirFlag} from '../../flags-of-stored-runs.js'
import {judgeFlags, limitFlags} from '../../flags-of-judges.js'
import type {RunReport} from '../../wiring/run-as-asked.js'

export default class BenchmarkRun extends BaseCommand<typeof BenchmarkRun> {
  static override summary = 'Score digests and decide: pass, warn, fail, undecided or unmeasured.'
  static override description = `Judges every sample, writes each judgement to a journal as it comes, and decides each gate by its confidence interval.
Thresholds belong to a judge: without thresholds for its scale the scores are reported and the run is undecided.
What could not be judged is unmeasured, never a number. Real and synthetic samples are reported apart; synthetic ones alone never pass a live scenario.`
  static override examples = [
    {description: 'Offline, over the store', command: '<%= config.bin %> benchmark:run --scenario channel_digest_ru'},
    {
      description: 'A language model as judge, at most 2 of your currency',
      command:
        '<%= config.bin %> benchmark:run -s channel_digest_ru --judge llm --model qwen3-32b --prompt-price 0.4 --completion-price 1.2 --max-cost 2',
    },
    {
      description: 'The scores that came with an export',
      command: '<%= config.bin %> benchmark:run -s channel_digest_ru --dataset exports/digests.jsonl --dry-run',
    },
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
      summary: "lexical, recorded, llm, or a plugin's. [default: the scenario's]",
      env: 'EP23_BENCHMARK_JUDGE',
    }),
    'dry-run': Flags.boolean({
      summary: 'Ask nobody: take the scores stored with the samples (--judge recorded).',
      exclusive: ['judge'],
      default: false,
      env: 'EP23_BENCHMARK_DRY_RUN',
    }),
    'judge-repeats': wholeNumber({
      summary: 'How often each answer is judged.',
      default: 1,
      min: 1,
      max: 100,
      env: 'EP23_BENCHMARK_JUDGE_REPEATS',
    }),
    limit: wholeNumber({summary: 'Only the first N samples.', min: 1, env: 'EP23_BENCHMARK_LIMIT'}),
    resume: Flags.boolean({
      summary: 'Go on with the last unfinished run of this scenario, or the one in --output.',
      default: false,
      env: 'EP23_BENCHMARK_RESUME',
    }),
    baseline: Flags.string({
      summary: 'Baseline that benchmark:compare takes for this run.',
      helpValue: 'NAME',
      env: 'EP23_BENCHMARK_BASELINE',
    }),
    output: Flags.string({
      char: 'o',
      summary: 'Folder of this run. [default: <dataset dir>/benchmarks/<run id>]',
      helpValue: 'DIR',
      env: 'EP23_BENCHMARK_OUTPUT',
    }),
    ...limitFlags,
    ...judgeFlags,
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}

  protected async execute({flags}: Input<typeof BenchmarkRun>): Promise<CommandResult<RunReport>> {
    const [{runAsAsked}, {llmJudgeOptions}] = await Promise.all([
      import('../../wiring/run-as-asked.js'),
      import('../../wiring/llm-judge-options.js'),
    ])
    return runAsAsked(this.runtime, {
      ...flags,
      dryRun: flags['dry-run'],
      judgeRepeats: flags['judge-repeats'],
      failOnWarn: flags['fail-on-warn'],
      failOnUndecided: flags['fail-on-undecided'],
      limits: {
        maxCost: flags['max-cost'],
        maxTokens: flags['max-tokens'],
        maxMinutes: flags['max-minutes'],
        sampleSeconds: flags['sample-timeout'],
      },
      llm: llmJudgeOptions(flags),
    })
  }
}
