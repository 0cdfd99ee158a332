import {Flags} from '@oclif/core'
import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'

import type {Calibration} from '../../domain/calibration.js'

export default class BenchmarkCalibrate extends BaseCommand<typeof BenchmarkCalibrate> {
  static override summary = 'Hold every measure and judge against scores that people gave.'
  static override description = `Labels are JSON Lines or CSV (gzipped or not) with source, summary and human_score; --columns names other columns.
Where many labels share a source, give the sources once: --sources FILE with --columns key=ID.
Shown are Spearman and Kendall correlations, quadratic kappa and Krippendorff's alpha, each with a bootstrap interval, and how well the
lexical judge's composite does when it is fitted on a random half and measured on the other.`
  static override examples = [
    '<%= config.bin %> benchmark:calibrate --labels labels.csv',
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
    resamples: wholeNumber({
      summary: 'Bootstrap resamples of each interval.',
      min: 100,
      max: 1_000_000,
      default: 10_000,
      env: 'EP23_BENCHMARK_CALIBRATE_RESAMPLES',
    }),
    repetitions: wholeNumber({
      summary: 'Random halves.',
      min: 10,
      max: 100_000,
      default: 100,
      env: 'EP23_BENCHMARK_CALIBRATE_REPETITIONS',
    }),
    seed: wholeNumber({summary: 'Seed of resamples and halves.', default: 23, env: 'EP23_BENCHMARK_CALIBRATE_SEED'}),
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof BenchmarkCalibrate>): Promise<CommandResult<Calibration>> {
    const [{parseColumns, readLabels}, {calibrate}, {lexicalJudge}, {LEXICAL_SIGNATURE}, {renderCalibration}] =
      await Promise.all([
        import('../../adapters/labels/read-labels.js'),
        import('../../usecases/calibrate/calibrate.js'),
        import('../../adapters/judges/lexical-judge.js'),
        import('../../domain/lexical/lexical-scores.js'),
        import('../../usecases/calibrate/render-calibration.js'),
      ])
    const {progress, signal} = this.runtime
    const {rows, sha256} = await readLabels({
      path: flags.labels,
      columns: parseColumns(flags.columns),
      sources: flags.sources,
    })
    const data = await calibrate(
      {progress, signal, judges: [lexicalJudge()], lexicalSignature: LEXICAL_SIGNATURE},
      rows,
      {
        file: flags.labels,
        sha256,
        repetitions: flags.repetitions,
        seed: flags.seed,
        resamples: flags.resamples,
        confidence: 0.95,
      },
    )
    return {data, text: renderCalibration(data)}
  }
}
