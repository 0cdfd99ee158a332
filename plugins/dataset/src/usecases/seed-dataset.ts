import type {Message, Steps} from '@ep23/sdk'

import type {DayWindow} from '../domain/day-window.js'
import {buildDigests, fillGaps, reviewDigests} from './build-days.js'
import type {PlannedChannel, SeededChannel} from './channel-stages.js'
import {cleanChannels} from './clean-channels.js'
import {countStored} from './count-documents.js'
import {countPlanned, daysToWrite, planDays} from './plan-days.js'
import {readSources} from './read-sources.js'
import {reportSeed, takeSnapshot, type SeedOutcome} from './report-seed.js'
import type {SeedDeps} from './seed-deps.js'
import type {SeedOptions} from './seed-options.js'
import type {SeedReport} from './seed-report.js'
import {seedWarnings, sourceWarnings} from './render-seed.js'
import {storeChannels, validateDays} from './store-days.js'

const READ = ['Read sources', 'Clean and deduplicate posts', 'Compare with the store'] as const
const WRITE = ['Build daily digests', 'Write review reports', 'Fill gaps', 'Validate', 'Write'] as const
const CHECK = ['Count twice', 'Snapshot'] as const

type SeedSteps = Steps<(typeof READ)[number] | 'Plan' | (typeof WRITE)[number] | (typeof CHECK)[number]>

export interface SeedResult {
  report: SeedReport
  warnings: Message[]
}

/**
 * Fills the store with a dataset that its policy accepts: idempotent, so that a run killed at any moment and started
 * again ends with the same documents.
 * @throws Ep23Error DATASET_* (65) for sources or a dataset that cannot be used, before anything is written
 */
export async function seedDataset(deps: SeedDeps, options: SeedOptions): Promise<SeedResult> {
  const from = deps.clock.monotonic()
  let outcome: 'ok' | 'failed' = 'failed'
  try {
    const titles = [...READ, ...(options.plan ? (['Plan'] as const) : WRITE), ...CHECK]
    const result = await deps.progress.steps(titles, steps => seed(deps, options, steps))
    outcome = 'ok'
    return result
  } finally {
    deps.metrics.seedDuration.observe({outcome}, deps.clock.monotonic() - from)
  }
}

async function seed(deps: SeedDeps, options: SeedOptions, steps: SeedSteps): Promise<SeedResult> {
  const {step} = steps
  const {window, channels: read} = await step('Read sources', report => readSources(deps, options, report))
  const {channels: clean, sharedPosts} = await step('Clean and deduplicate posts', report =>
    cleanChannels(deps, read, window, report),
  )
  const planned = await step('Compare with the store', report => planDays(deps, clean, {window, options}, report))
  const {channels, snapshotPath} = options.plan
    ? await plan(planned, steps)
    : await write(deps, options, {window, sharedPosts, channels: planned}, steps)
  const report = reportSeed(
    {window, channels, sharedPosts},
    {
      store: deps.store.location,
      plan: options.plan,
      snapshot_path: snapshotPath,
      quarantine_path: deps.quarantinePath(),
    },
  )
  return {report, warnings: [...seedWarnings(options, report), ...sourceWarnings({channels, sharedPosts})]}
}

interface Written {
  channels: SeededChannel[]
  snapshotPath: string | null
}

async function plan(planned: readonly PlannedChannel[], {step, skip}: SeedSteps): Promise<Written> {
  const channels = await step('Plan', () => planned.map(countPlanned))
  for (const title of CHECK) skip(title, 'only a plan')
  return {channels, snapshotPath: null}
}

async function write(
  deps: SeedDeps,
  options: SeedOptions,
  {window, sharedPosts, channels}: {window: DayWindow; channels: PlannedChannel[]} & Pick<SeedOutcome, 'sharedPosts'>,
  {step, skip}: SeedSteps,
): Promise<Written> {
  const built = await step('Build daily digests', report => buildDigests(deps, channels, options, report))
  const reviewed = await step('Write review reports', report => reviewDigests(deps, built, report))
  const filled = hasGaps(reviewed)
    ? await step('Fill gaps', report => fillGaps(deps, reviewed, options, report))
    : (skip('Fill gaps', 'none') ?? reviewed)
  await step('Validate', () => validateDays(deps, filled))
  const stored = await step('Write', report => storeChannels(deps, filled, {window, options}, report))
  const counted = await step('Count twice', () => countStored(deps.store, stored, window))
  const outcome = {window, channels: counted, sharedPosts}
  const snapshotPath = await step('Snapshot', () => takeSnapshot(deps, options, outcome))
  return {channels: counted, snapshotPath}
}

function hasGaps(channels: readonly PlannedChannel[]): boolean {
  return channels.some(channel => daysToWrite(channel, 'synthetic').length > 0)
}
