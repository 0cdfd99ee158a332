import type {ChannelSeed, SeedReport} from './seed-report.js'
import {sumCounts} from './seed-report.js'
import {reportWindow} from '../../domain/day-window.js'
import type {ChannelState, SeedState} from './seed-state.js'

/** The run as data for `--json`, the evidence files and the terminal. */
export function reportSeed(
  {window, channels, sharedPosts, snapshotPath}: SeedState,
  {store, plan, quarantinePath}: {store: string; plan: boolean; quarantinePath: string | null},
): SeedReport {
  const reports = channels.map(reportChannel)
  return {
    window: reportWindow(window),
    store,
    plan,
    snapshot_path: snapshotPath,
    quarantine_path: quarantinePath,
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

function reportChannel({
  name,
  collected,
  dropped,
  gaps,
  teamDays,
  kept,
  unwritten,
  digests,
  reviews,
}: ChannelState): ChannelSeed {
  return {
    channel: name,
    posts_read: [...collected.byDay.values()].reduce((sum, posts) => sum + posts.length, 0),
    records: collected.records,
    posts_dropped: dropped,
    days_with_posts: collected.byDay.size,
    gaps,
    team_days: [...teamDays].sort(),
    kept,
    unwritten,
    digests: digests.counts,
    review_reports: reviews.counts,
  }
}
