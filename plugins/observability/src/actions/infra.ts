import {join, resolve} from 'node:path'

import type {Runtime} from '@ep23/sdk'

import {hostProcesses} from '../adapters/infra/host-processes.js'
import {createPartStarter} from '../adapters/infra/part-starter.js'
import {stateFolder} from '../adapters/infra/state-folder.js'
import type {InfraDeps} from '../domain/infra.js'

export interface InfraSettings {
  'state-dir': string
  'ready-within'?: number
  scrape?: string[] | undefined
  rules?: string[] | undefined
  'prometheus-config'?: string | undefined
  'alertmanager-config'?: string | undefined
}

/** The adapters of this host for one stack. */
export function infraDeps(runtime: Runtime, settings: InfraSettings): InfraDeps {
  const folder = resolve(settings['state-dir'])
  const {
    'ready-within': readySeconds = 5,
    'prometheus-config': prometheusConfig,
    'alertmanager-config': alertmanagerConfig,
  } = settings
  const scrape = {
    targets: settings.scrape ?? [],
    rules: (settings.rules ?? []).map(path => resolve(path)),
    ...(prometheusConfig && {prometheusConfig: resolve(prometheusConfig)}),
    ...(alertmanagerConfig && {alertmanagerConfig: resolve(alertmanagerConfig)}),
  }
  const openStore = (location: string) => runtime.openStore(location)
  return {
    state: stateFolder(folder, runtime.signal),
    processes: hostProcesses,
    parts: createPartStarter({folder: join(folder, 'servers'), readySeconds, scrape, openStore}),
    progress: runtime.progress,
    metrics: runtime.metrics,
    logger: runtime.logger,
    clock: runtime.clock,
    signal: runtime.signal,
  }
}
