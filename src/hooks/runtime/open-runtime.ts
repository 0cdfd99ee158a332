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
  await warnOfShadowed(request.command, plugin, config)
  if (plugin === undefined || config.plugins.get(plugin)?.type === 'core') return runtime
  // A team's plugin shares the registry, but not the names of others' metrics.
  const {metricsFor} = await import('../../telemetry/metric-owners.js')
  return {...runtime, metrics: metricsFor(plugin, runtime.metrics, await runtime.contributions())}
}

/** Two plugins may have a command of one name; oclif runs one of them without a word. */
async function warnOfShadowed(command: string, owner: string | undefined, {plugins}: OclifConfig): Promise<void> {
  const shadowed = [...plugins.values()].filter(({name, commandIDs}) => name !== owner && commandIDs.includes(command))
  if (shadowed.length === 0 || owner === undefined) return
  const [{warnOnStderr}, {message}] = await Promise.all([
    import('../../language/warn.js'),
    import('../../words/words.js'),
  ])
  for (const {name} of shadowed) await warnOnStderr(message('commandShadowed', {command, plugin: name, owner}))
}
