import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {Calibration} from '../../domain/calibration.js'
import {calibrateFlags} from '../../flags.js'
import {labelFolderFlags} from '../../label-flags.js'
import type {PeopleCalibration} from '../../usecases/calibrate/render-people.js'

export default class BenchmarkCalibrate extends BaseCommand<typeof BenchmarkCalibrate> {
  static override summary = 'Hold every measure and judge against scores that people gave.'
  static override description = `Labels are JSON Lines or CSV (gzipped or not) with source, summary and human_score; --columns names other columns.
Where many labels share a source, give the sources once: --sources FILE with --columns key=ID.
Shown are Spearman and Kendall correlations, quadratic kappa and Krippendorff's alpha, each with a bootstrap interval, and Spearman with
the summary's length held fixed. With a plan of
benchmark:label nobody is asked: the judge of its runs is held against its raters, and they against each other, score by score.
With --save the gates of benchmark:run name what stands behind their scores.`
  static override examples = [
    '<%= config.bin %> benchmark:calibrate --labels labels.csv',
    '<%= config.bin %> benchmark:calibrate --labels labels.csv --judge llm --model qwen3-32b --save',
    '<%= config.bin %> benchmark:calibrate --labels labels/score-20241204 --save',
    '<%= config.bin %> benchmark:calibrate --labels summaries.jsonl --sources chapters.jsonl.gz --columns key=chapter_id,source=text,summary=chapter_summary',
  ]
  static override flags = {...calibrateFlags, ...labelFolderFlags}
  static override args = {}
  static override idempotent = true

  protected async execute({
    flags,
  }: Input<typeof BenchmarkCalibrate>): Promise<CommandResult<Calibration | PeopleCalibration>> {
    const {calibrateJudges} = await import('../../actions/calibrate.js')
    return calibrateJudges(this.runtime, flags)
  }
}
