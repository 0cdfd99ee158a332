import type {Collection, Store} from '@ep23/sdk'

import type {MetricSample} from './metric-sample.js'

/** One run's share, in `ep23_metrics`. Written once, never changed, deleted only after it was folded. */
export interface RunMetrics {
  run_id: string
  service: string
  command: string
  recorded_at: Date
  samples: readonly MetricSample[]
}

export function runMetricsIn(store: Store): Collection<RunMetrics> {
  return store.collection<RunMetrics>('ep23_metrics')
}
