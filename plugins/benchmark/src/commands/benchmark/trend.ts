import {join} from 'node:path'

import {BaseCommand, inTurns, usageError, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import type {Trend} from '../../domain/view-charts.js'
import {runsDirFlag} from '../../flags.js'
import {message} from '../../words/words.js'

export default class BenchmarkTrend extends BaseCommand<typeof BenchmarkTrend> {
  static override summary = 'Show a score by the day that the digests are about, over all runs.'
  static override description = `One series is one judge with one prompt: scores of two instruments are never joined. A digest counts once, as its newest run
scored it. ep23 view draws the same.`
  static override examples = [
    '<%= config.bin %> benchmark:trend',
    '<%= config.bin %> benchmark:trend --score accuracy --since 2024-11-20 --channel @habr',
  ]
  static override args = {}
  static override flags = {
    score: Flags.string({
      summary: 'Which score. [default: the first one]',
      helpValue: 'NAME',
      env: 'EP23_BENCHMARK_TREND_SCORE',
    }),
    since: Flags.string({summary: 'First day.', helpValue: 'YYYY-MM-DD', env: 'EP23_BENCHMARK_TREND_SINCE'}),
    channel: Flags.string({
      summary: 'Only this channel. May be repeated.',
      helpValue: '@NAME',
      multiple: true,
      env: 'EP23_BENCHMARK_TREND_CHANNEL',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override readOnly = true

  protected async execute({flags}: Input<typeof BenchmarkTrend>): Promise<CommandResult<Trend>> {
    const [
      {createRunSummaries},
      {summarizeRun},
      {trendSteps},
      {trendFrom, renderTrend, unreadableRuns},
      {listBaselines},
    ] = await Promise.all([
      import('../../adapters/run-summaries.js'),
      import('../../usecases/view/run-head.js'),
      import('../../usecases/view/trend.js'),
      import('../../usecases/view/render-trend.js'),
      import('../../adapters/baselines.js'),
    ])
    const {since = '', channel = []} = flags
    if (since !== '' && !/^\d{4}-\d{2}-\d{2}$/u.test(since))
      throw usageError(message('sinceNotDay', {since}), [message('writeDayAs')])
    const {datasetDir} = this.runtime.settings
    const cacheFile = join(this.config.cacheDir, 'view-runs.jsonl')
    const {runs, others} = await createRunSummaries({datasetDir, cacheFile, summarize: summarizeRun})()
    const baselines = (await listBaselines(datasetDir)).heads.map(({name, run}) => ({name, run_id: run.run_id}))
    const all = await inTurns(trendSteps(runs, channel, baselines), this.runtime.signal)
    const [first] = all.scores
    const score = flags.score ?? first
    if (score === undefined) throw usageError(message('noFinishedRuns', {datasetDir}), [message('makeOneScenario')])
    if (!all.scores.includes(score))
      throw usageError(message('noRunHasScore', {score}), [message('thereAre', {names: all.scores.join(', ')})])
    const unknown = channel.find(name => !all.channels.includes(name))
    if (unknown !== undefined)
      throw usageError(message('noRunHasChannel', {unknown}), [message('thereAre', {names: all.channels.join(', ')})])
    const data = trendFrom(all, {score, since})
    return {data, text: renderTrend(data), warnings: unreadableRuns(others)}
  }
}
