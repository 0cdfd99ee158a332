import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {Calibration} from '../../domain/calibration.js'
import {judgeFlags, runsDirFlag} from '../../flags.js'

export default class BenchmarkCalibrate extends BaseCommand<typeof BenchmarkCalibrate> {
  static override summary = 'Hold every measure and judge against scores that people gave.'
  static override description = `Labels are JSON Lines or CSV (gzipped or not) with source, summary and human_score; --columns names other columns.
Where many labels share a source, give the sources once: --sources FILE with --columns key=ID.
Shown are Spearman and Kendall correlations, quadratic kappa and Krippendorff's alpha, each with a bootstrap interval, and Spearman with
the summary's length held fixed. With --save the gates of benchmark:run name what stands behind their scores.`
  static override examples = [
    '<%= config.bin %> benchmark:calibrate --labels labels.csv',
    '<%= config.bin %> benchmark:calibrate --labels labels.csv --judge llm --model qwen3-32b --save',
    '<%= config.bin %> benchmark:calibrate --labels summaries.jsonl --sources chapters.jsonl.gz --columns key=chapter_id,source=text,summary=chapter_summary',
  ]
  static override flags = {
    labels: Flags.string({
      summary: 'Labelled summaries.',
      helpValue: 'FILE',
      required: true,
      env: 'EP23_BENCHMARK_CALIBRATE_LABELS',
    }),
    sources: Flags.string({
      summary: 'Source texts by key, when the labels do not hold them.',
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_CALIBRATE_SOURCES',
    }),
    columns: Flags.string({
      summary: 'Columns by field: source, summary, human_score, key, group.',
      helpValue: 'FIELD=COLUMN,…',
      env: 'EP23_BENCHMARK_CALIBRATE_COLUMNS',
    }),
    judge: Flags.string({
      char: 'j',
      summary: 'One more judge: llm, or a plugin’s.',
      env: 'EP23_BENCHMARK_CALIBRATE_JUDGE',
    }),
    scenario: Flags.string({
      char: 's',
      summary: 'Scenario that says what that judge scores, and by which prompt.',
      default: 'channel_digest_ru',
      helpValue: 'NAME|FILE',
      env: 'EP23_BENCHMARK_CALIBRATE_SCENARIO',
    }),
    resamples: wholeNumber({
      summary: 'Bootstrap resamples of each interval.',
      min: 100,
      max: 1_000_000,
      default: 1000,
      env: 'EP23_BENCHMARK_CALIBRATE_RESAMPLES',
    }),
    save: Flags.boolean({
      summary: "Keep the judges' results, for the gates of benchmark:run to name.",
      default: false,
      env: 'EP23_BENCHMARK_CALIBRATE_SAVE',
    }),
    rubric: Flags.string({
      summary: 'What the people were asked to score, kept with the result.',
      helpValue: 'TEXT',
      env: 'EP23_BENCHMARK_CALIBRATE_RUBRIC',
    }),
    'dataset-dir': runsDirFlag,
    ...judgeFlags,
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof BenchmarkCalibrate>): Promise<CommandResult<Calibration>> {
    const {calibrateJudges} = await import('../../actions/calibrate.js')
    return calibrateJudges(this.runtime, flags)
  }
}
