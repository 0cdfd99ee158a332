import type {Runtime, RuntimeRequest} from '@ep23/sdk'

import type {OclifConfig} from '../../oclif-config.js'
import {openSession} from '../../session.js'

/** Answers a command's request for the Runtime. */
export default async function openRuntime({
  request,
  config,
}: {
  request: RuntimeRequest
  config: OclifConfig
}): Promise<Runtime> {
  const runtime = await openSession(request, config)
  const plugin = config.findCommand(request.command)?.pluginName
  if (plugin === undefined || config.plugins.get(plugin)?.type === 'core') return runtime
  // A team's plugin shares the registry, but not the names of others' metrics.
  const {metricsFor} = await import('../../telemetry/metric-owners.js')
  return {...runtime, metrics: metricsFor(plugin, runtime.metrics, await runtime.contributions())}
}
