import type {MetricHandles, Runtime} from '@ep23/sdk'

import type {sidecarMetrics} from '../../metrics.js'

/** What it answers, as its metrics name it. */
export type Operation = (typeof sidecarMetrics.requests.labels.operation)[number]

/** What the sidecar works with. */
export interface SidecarDeps extends Pick<
  Runtime,
  'clock' | 'logger' | 'metrics' | 'run' | 'settings' | 'sharedMetrics' | 'spanArchive' | 'store' | 'version'
> {
  counts: MetricHandles<typeof sidecarMetrics>
}
