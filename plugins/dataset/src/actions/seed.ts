import {existsSync} from 'node:fs'

import {EXIT, keepMemoryFlat, type CommandResult, type Runtime} from '@ep23/sdk'

import {FileSpool} from '../adapters/file-spool.js'
import {openQuarantine, type QuarantineFile} from '../adapters/evidence/quarantine-file.js'
import {openSnapshot} from '../adapters/evidence/snapshot-folder.js'
import {readSource, type ReadSourceOptions} from '../adapters/sources/read-source.js'
import {extractiveSummarizer} from '../adapters/summarizers/summarize-day.js'
import {generatorOf, syntheticPosts} from '../adapters/synthetic/synthetic-posts.js'
import type {SeedFlags} from '../flags.js'
import {datasetMetrics} from '../metrics.js'
import {fromEveryChannel, openPostSources, type PostSources} from '../usecases/post-sources.js'
import {pruneHistory, retentionOf} from '../usecases/history.js'
import {documentValidators} from '../usecases/validate-documents.js'
import {renderSeed} from '../usecases/render-seed.js'
import {resolveSeedOptions, type SeedOptions} from '../usecases/seed-options.js'
import {channelNames} from '../usecases/source-options.js'
import {seedDataset} from '../usecases/seed-dataset.js'
import type {ReadPosts, SeedDeps} from '../usecases/seed-deps.js'
import type {SeedReport} from '../usecases/seed-report.js'
import {catalogue} from '../words/words.js'
import {type OpenedSummarizer, openSummarizer} from './open-summarizer.js'

/** `dataset:seed`: resolves the sources, puts the use case's ports together, keeps the history within its bounds. */
export async function seed(runtime: Runtime, flags: SeedFlags): Promise<CommandResult<SeedReport>> {
  keepMemoryFlat()
  const {settings} = runtime
  const section = settings.section('dataset')
  const from = await fromEveryChannel(runtime, flags.from, channelNames(flags.channels, section))
  const folders = {section, configDir: settings.configDir, cwd: process.cwd(), fileExists: existsSync}
  const sources = await openPostSources(runtime, resolveSeedOptions({...flags, from}, folders))
  try {
    return await seedFrom(runtime, flags, sources)
  } finally {
    await sources.dispose()
  }
}

async function seedFrom(
  runtime: Runtime,
  flags: SeedFlags,
  sources: PostSources<SeedOptions>,
): Promise<CommandResult<SeedReport>> {
  const {settings, signal} = runtime
  const {options} = sources
  const quarantine = options.skipInvalid ? await openQuarantine(runtime) : undefined
  const reading = {signal, sourceTimeZone: options.sourceTimeZone, calendarTimeZone: options.timeZone}
  const spool = new FileSpool(runtime.run.run_id)
  let opened: OpenedSummarizer | undefined
  try {
    opened = await openSummarizer(runtime, flags)
    const {summarizer} = opened
    const deps = {...seedPorts(runtime), ...readers(reading, quarantine, sources), summarizer, spool}
    const {report, warnings} = await seedDataset(deps, options)
    await pruneAfter(runtime, report)
    runtime.describeRun({window: report.window, totals: report.totals})
    const exit = report.totals.unwritten > 0 ? EXIT.unmeasured : EXIT.ok
    return {data: report, text: renderSeed(report, await catalogue(settings.lang)), warnings, exit}
  } finally {
    // What was rejected is on disk also when the seeding is refused for it.
    quarantine?.close()
    spool.close()
    await opened?.queue?.close()
  }
}

// Only a run that has put something into the history looks at its size.
async function pruneAfter({store, clock, settings}: Runtime, {plan, totals}: SeedReport): Promise<void> {
  const lost = [totals.digests, totals.review_reports].some(({updated, removed}) => updated + removed > 0)
  if (lost && !plan) await pruneHistory({store, clock}, retentionOf(settings.section('dataset')))
}

function seedPorts(runtime: Runtime): Omit<SeedDeps, 'summarizer' | 'spool' | keyof ReturnType<typeof readers>> {
  const {store, progress, logger, clock, signal, run, version, settings} = runtime
  return {
    ...{store, progress, logger, clock, signal, run, version},
    metrics: runtime.metrics.bind(datasetMetrics),
    generator: {nameOf: generatorOf, postsOf: syntheticPosts},
    gapSummarizer: extractiveSummarizer,
    validators: documentValidators(),
    evidence: openSnapshot(settings.datasetDir, clock.now()),
  }
}

// The look ahead rejects what the reading rejects again: only the latter is recorded.
function readers(
  reading: ReadSourceOptions,
  quarantine: QuarantineFile | undefined,
  sources: PostSources,
): {readPosts: ReadPosts; scanPosts: ReadPosts; quarantinePath: () => string | null} {
  const readerWith =
    (onInvalid?: ReadSourceOptions['onInvalid']): ReadPosts =>
    path =>
      sources.open(path) ?? readSource(path, {...reading, ...(onInvalid && {onInvalid})})
  return {
    readPosts: readerWith(quarantine && (invalid => quarantine.add(invalid))),
    scanPosts: readerWith(quarantine && (() => undefined)),
    quarantinePath: () => quarantine?.close() ?? null,
  }
}
