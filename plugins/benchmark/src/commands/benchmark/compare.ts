import {
  BaseCommand,
  type CommandResult,
  EXIT,
  type ExitCode,
  type Input,
  share,
  usageError,
  wholeNumber,
} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import {type ChangeVerdict, type Comparison, DECIDED_BY, PAIRINGS} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import {runsDirFlag} from '../../flags.js'
import {message} from '../../words/words.js'

const RUN_OR_BASELINE = 'a run (id, beginning of one, `latest`, folder) or the name of a baseline'

export default class BenchmarkCompare extends BaseCommand<typeof BenchmarkCompare> {
  static override summary =
    'Say whether a run is worse than another, and how sure that is; exit 2 when it is, 4 when undecided.'
  static override description = `Samples are paired; what either run did not measure is dropped and counted, and more than --max-dropped of it is refused.
Worse or better: sign-flip permutation test over samples, Holm over the metrics. No difference: the whole interval lies within --margin.
Days of different weeks have different posts, which move whole channels: with --pair day a t test over channels decides instead.
Undecided is neither. Runs with other signatures, dataset roots or prompts are refused, with every difference named.`
  static override examples = [
    {description: 'The last run against a blessed one', command: '<%= config.bin %> benchmark:compare main latest'},
    {description: 'A run against the baseline it named', command: '<%= config.bin %> benchmark:compare latest'},
    {
      description: 'The same posts, summarised by another model',
      command: '<%= config.bin %> benchmark:compare main latest --pair source',
    },
    {
      description: 'This week against the last',
      command: '<%= config.bin %> benchmark:compare 20241201 20241208 --pair day',
    },
  ]
  static override args = {
    before: Args.string({description: `What to compare with: ${RUN_OR_BASELINE}.`, required: true}),
    after: Args.string({
      description: `What is judged: ${RUN_OR_BASELINE}. Left out, the first one is judged against the baseline it was run with.`,
    }),
  }
  static override flags = {
    pair: Flags.option({options: PAIRINGS})({
      summary: 'What makes a pair: the same record, the same source with any summary, or the same day of a channel.',
      default: 'sample' as const,
      env: 'EP23_BENCHMARK_COMPARE_PAIR',
    }),
    'decide-by': Flags.option({options: DECIDED_BY})({
      summary:
        'Which test decides: over samples, or over channels. [default: channel with --pair day, otherwise sample]',
      env: 'EP23_BENCHMARK_COMPARE_DECIDE_BY',
    }),
    margin: share({
      summary: 'The smallest difference of a score that matters (of latencies: the share).',
      default: 0.02,
      env: 'EP23_BENCHMARK_COMPARE_MARGIN',
    }),
    'max-dropped': share({
      summary: 'Largest share of samples without a measured counterpart.',
      default: 0.05,
      env: 'EP23_BENCHMARK_COMPARE_MAX_DROPPED',
    }),
    seed: wholeNumber({summary: 'Seed of the random signs.', default: 23, env: 'EP23_BENCHMARK_COMPARE_SEED'}),
    'allow-undecided': Flags.boolean({
      summary: 'Exit 0 instead of 4 when nothing can be said.',
      env: 'EP23_BENCHMARK_COMPARE_ALLOW_UNDECIDED',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkCompare>): Promise<CommandResult<Comparison>> {
    const [{openComparable}, {compareRuns, COMPARE_DEFAULTS}, {renderComparison}] = await Promise.all([
      import('../../actions/compare.js'),
      import('../../usecases/compare/compare-runs.js'),
      import('../../usecases/compare/render-comparison.js'),
    ])
    const {datasetDir} = this.runtime.settings
    const first = await openComparable(datasetDir, args.before)
    const after = args.after === undefined ? first : await openComparable(datasetDir, args.after)
    const before = args.after === undefined ? await openComparable(datasetDir, baselineOf(first.run)) : first
    const data = compareRuns(before, after, {
      ...COMPARE_DEFAULTS,
      pairing: flags.pair,
      decidedBy: flags['decide-by'],
      margin: flags.margin,
      max_dropped: flags['max-dropped'],
      seed: flags.seed,
    })
    this.runtime.describeRun({before: data.before.run_id, after: data.after.run_id, verdict: data.verdict})
    return {
      data,
      text: renderComparison(data, this.runtime.settings.lang),
      exit: exitOf(data.verdict, flags['allow-undecided']),
    }
  }
}

function baselineOf({run_id, baseline}: RunResult): string {
  if (baseline !== null) return baseline
  throw usageError(message('runWithoutBaseline', {run_id}), [message('nameBoth')])
}

function exitOf(verdict: ChangeVerdict, allowUndecided: boolean): ExitCode {
  if (verdict === 'worse') return EXIT.gateFailed
  return verdict === 'undecided' && !allowUndecided ? EXIT.undecided : EXIT.ok
}
