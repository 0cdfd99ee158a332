import {reportWindow, type DayWindow} from '../domain/day-window.js'
import {auditDataset} from './audit-dataset.js'
import {policyDeviations} from './dataset-policy.js'
import type {SharedPosts} from './shared-posts.js'
import {spotcheckDataset} from './spotcheck-dataset.js'
import type {SeededChannel} from './channel-stages.js'
import type {CountedChannel} from './count-documents.js'
import type {SeedDeps} from './seed-deps.js'
import type {SeedOptions} from './seed-options.js'
import {sumCounts, type ChannelSeed, type SeedReport} from './seed-report.js'

const SPOTCHECKED = 5

/** What a run found and did. */
export interface SeedOutcome<C extends SeededChannel = SeededChannel> {
  window: DayWindow
  channels: readonly C[]
  sharedPosts: SharedPosts[]
}

/** The run as data for `--json`, the evidence files and the terminal. */
export function reportSeed(
  {window, channels, sharedPosts}: SeedOutcome,
  run: Pick<SeedReport, 'store' | 'plan' | 'snapshot_path' | 'quarantine_path'>,
): SeedReport {
  const reports = channels.map(reportChannel)
  return {
    window: reportWindow(window),
    store: run.store,
    plan: run.plan,
    snapshot_path: run.snapshot_path,
    quarantine_path: run.quarantine_path,
    channels: reports,
    shared_posts: sharedPosts,
    totals: {
      posts_read: reports.reduce((sum, {posts_read}) => sum + posts_read, 0),
      gaps: reports.reduce((sum, {gaps}) => sum + gaps.length, 0),
      kept: reports.reduce((sum, {kept}) => sum + kept.length, 0),
      unwritten: reports.reduce((sum, {unwritten}) => sum + unwritten.length, 0),
      digests: sumCounts(reports.map(({digests}) => digests)),
      review_reports: sumCounts(reports.map(({review_reports}) => review_reports)),
    },
  }
}

function reportChannel(channel: SeededChannel): ChannelSeed {
  const {name, collected, dropped, gaps, teamDays, kept, unwritten, digests, review_reports} = channel
  return {
    channel: name,
    posts_read: collected.posts,
    records: collected.records,
    posts_dropped: dropped,
    days_with_posts: collected.daysWithPosts,
    gaps,
    team_days: [...teamDays].sort(),
    kept,
    unwritten,
    digests,
    review_reports,
  }
}

/** Writes the run's evidence: counts with their double check, the audit, and a checklist for a person. Returns its folder. */
export async function takeSnapshot(
  deps: SeedDeps,
  {policy, seed}: SeedOptions,
  outcome: SeedOutcome<CountedChannel>,
): Promise<string> {
  const {store, clock, evidence} = deps
  const {window} = outcome
  const channels = outcome.channels.map(({name}) => name)
  const audit = await auditDataset(deps, {window, policy, channels})
  const {markdown} = await spotcheckDataset({store, clock}, {window, count: SPOTCHECKED, seed})
  await evidence.write('dataset_audit.json', {...identity(deps), ...audit})
  await evidence.write('ru_spotcheck.md', markdown)
  // Last, because it is what other commands take the window from: it stands for a complete snapshot.
  await evidence.write('channel_counts.json', channelCounts(deps, policy, outcome))
  return evidence.folder
}

function channelCounts(deps: SeedDeps, policy: SeedOptions['policy'], outcome: SeedOutcome<CountedChannel>): object {
  const run = {store: deps.store.location, plan: false, snapshot_path: deps.evidence.folder, quarantine_path: null}
  const report = reportSeed(outcome, run)
  return {
    generated_at: deps.clock.now().toISOString(),
    ...identity(deps),
    window: report.window,
    store: report.store,
    policy,
    policy_deviations: policyDeviations({...policy, channels: report.channels.length}),
    channels: report.channels.map((channel, index) => ({
      ...channel,
      double_check: outcome.channels[index]?.double_check,
    })),
    totals: report.totals,
  }
}

function identity({version, run}: SeedDeps): {ep23_version: string; run_id: string; trace_id: string} {
  return {ep23_version: version, run_id: run.run_id, trace_id: run.trace_id}
}
