import type {Step} from '@ep23/sdk'

import {policyDeviations} from '../audit/dataset-policy.js'
import type {SeedOptions} from './seed-options.js'
import type {SeedReport} from './seed-report.js'
import {reportSeed} from './report-seed.js'
import type {SeedDeps} from './seed-deps.js'
import {emptyState, type SeedState} from './seed-state.js'
import {buildDigests, cleanPosts, fillGaps, planDays, readSources, reviewDigests} from './document-steps.js'
import {daysToWrite} from './plan-days.js'
import {sourceWarnings} from './source-warnings.js'
import {countAllTwice, planWrites, validateReady, writeAll} from './store-steps.js'
import {takeSnapshot} from './take-snapshot.js'

const SHOWN_DAYS = 10

export interface SeedResult {
  report: SeedReport
  warnings: string[]
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
    const result = await seed(deps, options)
    outcome = 'ok'
    return result
  } finally {
    deps.metrics.seedDuration.observe({outcome}, deps.clock.monotonic() - from)
  }
}

async function seed(deps: SeedDeps, options: SeedOptions): Promise<SeedResult> {
  const state = await deps.progress.run(seedSteps(deps, options), emptyState(options))
  const report = reportSeed(state, {
    store: deps.store.location,
    plan: options.plan,
    quarantinePath: deps.quarantinePath(),
  })
  return {report, warnings: [...seedWarnings(options, report), ...sourceWarnings(state)]}
}

function seedSteps(deps: SeedDeps, options: SeedOptions): Step<SeedState>[] {
  const planned = (): string | undefined => (options.plan ? 'only a plan' : undefined)
  return [
    {title: 'Read sources', run: (state, report) => readSources(deps, options, state, report)},
    {title: 'Clean and deduplicate posts', run: (state, report) => cleanPosts(deps, state, report)},
    {title: 'Compare with the store', run: (state, report) => planDays(deps, options, state, report)},
    ...(options.plan ? [{title: 'Plan', run: (state: SeedState) => planWrites(state)}] : writingSteps(deps, options)),
    {title: 'Count twice', skip: planned, run: state => countAllTwice(deps, state)},
    {title: 'Snapshot', skip: planned, run: state => takeSnapshot(deps, options, state)},
  ]
}

function writingSteps(deps: SeedDeps, options: SeedOptions): Step<SeedState>[] {
  return [
    {title: 'Build daily digests', run: (state, report) => buildDigests(deps, options, state, report)},
    {title: 'Write review reports', run: (state, report) => reviewDigests(deps, state, report)},
    {
      title: 'Fill gaps',
      skip: state => (hasGaps(state) ? undefined : 'none'),
      run: (state, report) => fillGaps(deps, options, state, report),
    },
    {title: 'Validate', run: state => validateReady(deps, state)},
    {title: 'Write', run: (state, report) => writeAll(deps, options, state, report)},
  ]
}

function hasGaps({channels}: SeedState): boolean {
  return channels.some(channel => daysToWrite(channel, 'synthetic').length > 0)
}

function seedWarnings(options: SeedOptions, {channels, quarantine_path}: SeedReport): string[] {
  const warnings = policyDeviations({...options.policy, channels: channels.length})
  const synthetic = channels.filter(({digests}) => digests.synthetic > 0)
  if (synthetic.length > 0)
    warnings.push(
      `synthetic digests: ${synthetic.map(({channel, digests}) => `${channel} ${digests.synthetic} of ${digests.total}`).join(', ')}`,
    )
  const unwritten = channels.flatMap(({channel, unwritten: days}) => days.map(({day}) => `${channel} ${day}`))
  if (unwritten.length > 0)
    warnings.push(
      `not written: ${unwritten.slice(0, SHOWN_DAYS).join(', ')}; run the same command again, it asks only for them`,
    )
  if (quarantine_path !== null) warnings.push(`records that could not be read are in ${quarantine_path}`)
  return warnings
}
