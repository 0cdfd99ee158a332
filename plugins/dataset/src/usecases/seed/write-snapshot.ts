import type {AuditReport} from '../../domain/audit-report.js'
import type {SeedReport} from '../../domain/seed-report.js'
import {policyDeviations, type DatasetPolicy} from '../../domain/dataset-policy.js'
import type {RunIdentity} from '@ep23/sdk'

import type {SeedState} from './seed-state.js'

interface Evidence {
  run: RunIdentity
  version: string
  generatedAt: Date
  policy: DatasetPolicy
}

/** `channel_counts.json`: what the store holds of the window, with both counts of the double check. */
export function channelCounts(
  {channels}: SeedState,
  report: SeedReport,
  {run, version, generatedAt, policy}: Evidence,
): object {
  return {
    generated_at: generatedAt.toISOString(),
    ep23_version: version,
    run_id: run.run_id,
    trace_id: run.trace_id,
    window: report.window,
    store: report.store,
    policy,
    policy_deviations: policyDeviations(policy),
    channels: report.channels.map(({channel, posts_read, days_with_posts, gaps, digests, review_reports}, index) => ({
      channel,
      posts_read,
      days_with_posts,
      gaps,
      digests,
      review_reports,
      double_check: channels[index]?.counted ?? null,
    })),
    totals: report.totals,
  }
}

/** `dataset_audit.json`: the audit as it was at the end of the run. */
export function auditEvidence(audit: AuditReport, {run, version}: Evidence): object {
  return {ep23_version: version, run_id: run.run_id, trace_id: run.trace_id, ...audit}
}
