import {join} from 'node:path'

import {BaseCommand, type CommandResult, type Input, keepMemoryFlat, wholeNumber, writeFileAtomically} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {type ChangeVerdict, PAIRINGS} from '../../domain/comparison.js'
import {runsDirFlag, runArg} from '../../flags.js'
import {message} from '../../words/words.js'

interface ReportData {
  path: string
  bytes: number
  run_id: string
  verdict: string
  compared_with: string | null
  change: ChangeVerdict | null
}

export default class BenchmarkReport extends BaseCommand<typeof BenchmarkReport> {
  static override summary = 'Write a run as one HTML file that opens anywhere, in Russian and English.'
  static override description = `Scores with intervals, channels, latency, gates and every sample with its texts side by side, what they share marked.
The file loads nothing from anywhere. Where a run has more samples than --details, texts are kept of those that need a look. The list
holds at most 10,000 of them, chosen likewise; the page says so, and view shows all.`
  static override examples = [
    '<%= config.bin %> benchmark:report latest',
    '<%= config.bin %> benchmark:report latest --compare main --output report.html',
  ]
  static override args = {run: runArg}
  static override flags = {
    compare: Flags.string({
      summary: 'Also show what changed against this run or baseline.',
      helpValue: 'RUN|NAME',
      env: 'EP23_BENCHMARK_REPORT_COMPARE',
    }),
    pair: Flags.option({options: PAIRINGS})({
      summary: 'What makes a pair in the comparison.',
      default: 'sample' as const,
      env: 'EP23_BENCHMARK_REPORT_PAIR',
    }),
    output: Flags.string({
      summary: "The file to write. [default: report.html in the run's folder]",
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_REPORT_OUTPUT',
    }),
    details: wholeNumber({
      summary: 'At most so many samples with their texts.',
      default: 500,
      env: 'EP23_BENCHMARK_REPORT_DETAILS',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof BenchmarkReport>): Promise<CommandResult<ReportData>> {
    keepMemoryFlat()
    const {settings, progress, store} = this.runtime
    const {findRun, outputFile, isOwnPage, reportAssets, renderRunPage, compareWith, keptPosts} = await loadModules()
    const found = await findRun(settings.datasetDir, args.run)
    const path = await outputFile(flags.output ?? join(found.folder, 'report.html'), '--output', isOwnPage)
    const comparison =
      flags.compare === undefined ? undefined : await compareWith(settings.datasetDir, flags.compare, found, flags.pair)
    const options = {
      assets: await reportAssets(),
      language: settings.lang,
      details: flags.details,
      posts: keptPosts(store),
    }
    const bytes = await progress.step('Write the report', () =>
      writeFileAtomically(path, renderRunPage(found, {...options, ...(comparison && {comparison})})),
    )
    const data = {
      path,
      bytes,
      run_id: found.run.run_id,
      verdict: found.run.assessment.verdict,
      compared_with: comparison?.result.before.name ?? null,
      change: comparison?.result.verdict ?? null,
    }
    return {data, text: [message('reportWritten', {path})]}
  }
}

async function loadModules() {
  const [{findRun}, {outputFile}, {isOwnPage}, {reportAssets}, {renderRunPage}, {compareWith}, {keptPosts}] =
    await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../adapters/output-file.js'),
      import('@ep23/report'),
      import('../../adapters/view-assets.js'),
      import('../../usecases/report/render-report.js'),
      import('../../actions/compare.js'),
      import('../../adapters/kept-posts.js'),
    ])
  return {findRun, outputFile, isOwnPage, reportAssets, renderRunPage, compareWith, keptPosts}
}
