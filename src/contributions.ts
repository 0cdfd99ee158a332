import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {
  CONTRIBUTE_EVENT,
  type Contribution,
  type PluginContribution,
  Ep23Error,
  EXIT,
  SDK_VERSION,
  type RuntimeRequest,
  type Text,
} from '@ep23/sdk'
import type {OclifConfig} from './oclif-config.js'
import {message} from './words/words.js'

/**
 * Asks every loaded plugin what it brings. A plugin that fails to answer is named in one warning; the rest work.
 * oclif swallows hook errors, so the failures are read here.
 */
export async function collectContributions(
  config: OclifConfig,
  warn: (problem: Text) => void,
): Promise<PluginContribution[]> {
  const {successes, failures} = await config.runHook(CONTRIBUTE_EVENT, {}, undefined, true)
  for (const {plugin, error} of failures) warn(message('pluginLeftOut', {plugin: plugin.name, problem: error.message}))
  // Plugins answer in any order; who came first owns the metric names that two of them declare.
  const order = await orderOf(config)
  const found = successes
    .map(({plugin, result}) => ({...(result as Contribution), plugin: plugin.name}))
    .toSorted((a, b) => order.indexOf(a.plugin) - order.indexOf(b.plugin))
  const {ownerProblem} = await import('./telemetry/metric-owners.js')
  const problem = ownerProblem(found)
  if (problem !== undefined) warn(problem)
  return found
}

/** The product's own plugins, then those that a team installed or linked, in that order. */
async function orderOf(config: OclifConfig): Promise<string[]> {
  const [own, added] = [true, false].map(isOwn =>
    [...config.plugins.values()]
      .filter(({type}) => (type === 'core') === isOwn)
      .map(({name}) => name)
      .toSorted(),
  ) as [string[], string[]]
  if (added.length < 2) return [...own, ...added]
  const known = await addedPlugins(join(config.dataDir, 'package.json'))
  return [...own, ...known, ...added]
}

/** As oclif's plugin manager writes them down, each new one at the end. */
async function addedPlugins(file: string): Promise<string[]> {
  try {
    const {oclif} = JSON.parse(await readFile(file, 'utf8')) as {oclif?: {plugins?: (string | {name: string})[]}}
    return (oclif?.plugins ?? []).map(plugin => (typeof plugin === 'string' ? plugin : plugin.name))
  } catch {
    // Without that file nothing was added by `plugins install`; names in their order are as good.
    return []
  }
}

/** What versions of the sdk must have in common: the major one, and before 1.0 the minor one, too. */
function seriesOf(version: string): string {
  const [major = '', minor = ''] = version.split('.')
  return major === '0' ? `0.${minor}` : major
}

/** A plugin built against another series of the sdk is refused in words instead of failing later in riddles. */
export function refuseOtherSdk({sdkVersion, command}: RuntimeRequest): void {
  if (seriesOf(sdkVersion) === seriesOf(SDK_VERSION)) return
  throw new Ep23Error(message('otherSdk', {command, given: sdkVersion, own: SDK_VERSION}), {
    code: 'SDK_VERSION',
    exit: EXIT.unavailable,
    suggestions: [message('updatePlugin', {major: seriesOf(SDK_VERSION)})],
  })
}
