import {CONTRIBUTE_EVENT, type Contribution, type PluginContribution} from '@ep23/sdk'

import type {OclifConfig} from './oclif-config.js'

/**
 * Asks every loaded plugin what it brings. A plugin that fails to answer is named in one warning; the rest work.
 * oclif swallows hook errors, so the failures are read here.
 */
export async function collectContributions(
  config: OclifConfig,
  warn: (message: string) => void,
): Promise<PluginContribution[]> {
  const {successes, failures} = await config.runHook(CONTRIBUTE_EVENT, {}, undefined, true)
  for (const {plugin, error} of failures)
    warn(`the plugin ${plugin.name} could not be loaded and is left out: ${error.message}`)
  return successes.map(({plugin, result}) => ({...(result as Contribution), plugin: plugin.name}))
}
