import {stat} from 'node:fs/promises'
import {join} from 'node:path'

import type {HealthCheck, HealthFinding} from '@ep23/sdk'

import type {OclifConfig} from '../oclif-config.js'
import {ownerProblem} from '../telemetry/metric-owners.js'

/** One line for every loaded plugin: its version, and whether its manifest is older than its compiled commands. */
export function pluginChecks(config: OclifConfig): HealthCheck[] {
  return [...config.plugins.values()].map(({name, version, root, type}) => ({
    name: `plugin ${name}`,
    run: () => checkManifest(`${version} (${type})`, root),
  }))
}

/** Whether every metric name has one owner. */
export const metricNames: HealthCheck = {
  name: 'metric names',
  async run(runtime) {
    const problem = ownerProblem(await runtime.contributions())
    if (problem === undefined) return {status: 'ok', detail: 'each has one owner'}
    return {
      status: 'warning',
      detail: problem,
      fix: 'rename the metric in the plugin, or unlink it: ep23 plugins unlink',
    }
  },
}

async function checkManifest(label: string, root: string): Promise<HealthFinding> {
  const [manifest, commands] = await Promise.all([
    modifiedAt(join(root, 'oclif.manifest.json')),
    modifiedAt(join(root, 'dist/.tsbuildinfo')),
  ])
  if (manifest === undefined)
    return {status: 'warning', detail: `${label}, no manifest: starts slowly`, fix: 'run npm run build'}
  if (commands !== undefined && commands > manifest)
    return {status: 'warning', detail: `${label}, manifest older than the compiled code`, fix: 'run npm run build'}
  return {status: 'ok', detail: `${label}, manifest of ${new Date(manifest).toISOString().slice(0, 10)}`}
}

async function modifiedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    return undefined
  }
}
