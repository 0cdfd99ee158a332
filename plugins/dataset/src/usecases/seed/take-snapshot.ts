import {policyDeviations} from '../audit/dataset-policy.js'
import type {SeedOptions} from './seed-options.js'
import type {SeedReport} from './seed-report.js'
import {auditDataset} from '../audit/audit-dataset.js'
import {spotcheckDataset} from '../look/spotcheck-dataset.js'
import {reportSeed} from './report-seed.js'
import type {SeedDeps} from './seed-deps.js'
import type {SeedState} from './seed-state.js'

const SPOTCHECKED = 5

/** Writes the run's evidence: counts with their double check, the audit, and a checklist for a person. */
export async function takeSnapshot(deps: SeedDeps, options: SeedOptions, state: SeedState): Promise<void> {
  const {store, clock, evidence} = deps
  state.snapshotPath = evidence.folder
  const channels = state.channels.map(({name}) => name)
  const audit = await auditDataset(deps, {window: state.window, policy: options.policy, channels})
  const {markdown} = await spotcheckDataset(
    {store, clock},
    {window: state.window, count: SPOTCHECKED, seed: options.seed},
  )
  await evidence.write('dataset_audit.json', {...identity(deps), ...audit})
  await evidence.write('ru_spotcheck.md', markdown)
  // Last, because it is what other commands take the window from: it stands for a complete snapshot.
  await evidence.write('channel_counts.json', channelCounts(deps, options, state))
}

function channelCounts(deps: SeedDeps, {policy}: SeedOptions, state: SeedState): object {
  const report: SeedReport = reportSeed(state, {store: deps.store.location, plan: false, quarantinePath: null})
  return {
    generated_at: deps.clock.now().toISOString(),
    ...identity(deps),
    window: report.window,
    store: report.store,
    policy,
    policy_deviations: policyDeviations({...policy, channels: report.channels.length}),
    channels: report.channels.map((channel, index) => ({
      ...channel,
      double_check: {
        digests: state.channels[index]?.digests.counted ?? null,
        review_reports: state.channels[index]?.reviews.counted ?? null,
      },
    })),
    totals: report.totals,
  }
}

function identity({version, run}: SeedDeps): {ep23_version: string; run_id: string; trace_id: string} {
  return {ep23_version: version, run_id: run.run_id, trace_id: run.trace_id}
}
