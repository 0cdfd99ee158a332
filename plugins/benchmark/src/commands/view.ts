import {join} from 'node:path'

import {
  BaseCommand,
  keepMemoryFlat,
  usageError,
  wholeNumber,
  type CommandResult,
  type Input,
  writeOnStderr,
} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {runsDirFlag} from '../flags.js'
import {message} from '../words/words.js'

interface ViewData {
  /** Where it was served; null for an export. */
  url: string | null
  answers: number
  exported: {folder: string; files: number; bytes: number} | null
  runs: number
}

export default class View extends BaseCommand<typeof View> {
  static override summary =
    'Look at all runs in a browser: list, trend over days, one digest beside its posts, two digests word by word.'
  static override description = `Serves the pages on this machine alone, to the browser that comes by the printed address; nothing can be changed through
them. With --export they become a folder that opens without a server, from any path; exporters:check proves it.`
  static override examples = [
    '<%= config.bin %> view',
    '<%= config.bin %> view --export pages && xdg-open pages/index.html',
  ]
  static override args = {}
  static override flags = {
    export: Flags.string({
      summary: 'Write the pages into this folder instead of serving them.',
      helpValue: 'DIR',
      env: 'EP23_VIEW_EXPORT',
    }),
    port: wholeNumber({
      summary: 'Port on the loopback. [default: any free one]',
      default: 0,
      max: 65_535,
      env: 'EP23_VIEW_PORT',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override readOnly = true

  protected async execute({flags}: Input<typeof View>): Promise<CommandResult<ViewData>> {
    keepMemoryFlat()
    const {settings, progress, signal, store, logger} = this.runtime
    const {
      createRunSummaries,
      createViewLoader,
      summarizeRun,
      viewAssets,
      listBaselines,
      openStoredRun,
      serveView,
      exportView,
      keptPosts,
    } = await loadModules()
    const {datasetDir, lang: language} = settings
    const summaries = createRunSummaries({
      datasetDir,
      summarize: summarizeRun,
      cacheFile: join(this.config.cacheDir, 'view-runs.jsonl'),
    })
    const loader = createViewLoader({
      signal,
      summaries,
      // An export holds all of it.
      soon: flags.export === undefined ? () => summaries.soon() : async () => ({...(await summaries()), reading: 0}),
      openRun: openStoredRun,
      posts: keptPosts(store),
      baselines: async () => (await listBaselines(datasetDir)).heads.map(({name, run}) => ({name, run_id: run.run_id})),
    })
    const assets = await viewAssets()
    if (flags.export !== undefined) {
      const {runs} = await progress.step('Read the runs', summaries)
      const [newest] = runs
      if (!newest) throw usageError(message('noFinishedRuns', {datasetDir}), [message('makeOne')])
      const {run} = await openStoredRun(newest.folder)
      const folder = flags.export
      const written = await progress.step('Write the pages', () =>
        exportView(folder, {loader, assets, language, version: this.config.version, newest: run}),
      )
      const data = {url: null, answers: 0, exported: {folder, ...written}, runs: runs.length}
      return {data, text: [message('pagesWritten', {files: written.files, page: join(folder, 'index.html')})]}
    }
    // Runs are read while the browser starts; what is wrong with them is told when it asks.
    void summaries.soon().catch(() => undefined)
    const served = await serveView({
      loader,
      assets,
      language,
      port: flags.port,
      signal,
      // Also with --json, for whoever waits for it.
      onListening: url => void writeOnStderr(message('openViewer', {url}), language),
      onError: error => logger.error({err: error}, 'a page could not be shown'),
    })
    return {
      data: {...served, exported: null, runs: (await summaries.soon()).runs.length},
      text: [message('served', {url: served.url, answers: served.answers})],
    }
  }
}

async function loadModules() {
  const [
    {createRunSummaries},
    {createViewLoader},
    {summarizeRun},
    {viewAssets},
    {listBaselines},
    {openStoredRun},
    {serveView},
    {exportView},
    {keptPosts},
  ] = await Promise.all([
    import('../adapters/run-summaries.js'),
    import('../usecases/view/load-view.js'),
    import('../usecases/view/run-head.js'),
    import('../adapters/view-assets.js'),
    import('../adapters/baselines.js'),
    import('../adapters/stored-run.js'),
    import('../adapters/view-server.js'),
    import('../adapters/view-export.js'),
    import('../adapters/kept-posts.js'),
  ])
  return {
    createRunSummaries,
    createViewLoader,
    summarizeRun,
    viewAssets,
    listBaselines,
    openStoredRun,
    serveView,
    exportView,
    keptPosts,
  }
}
