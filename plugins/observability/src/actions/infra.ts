import {join, resolve} from 'node:path'

import type {Runtime} from '@ep23/sdk'

import {hostProcesses} from '../adapters/infra/host-processes.js'
import {createPartStarter} from '../adapters/infra/part-starter.js'
import {stateFolder} from '../adapters/infra/state-folder.js'
import type {InfraDeps} from '../domain/infra.js'
import type {StackFlags} from '../flags.js'

/** The adapters of this host for one stack. */
export function infraDeps(runtime: Runtime, flags: StackFlags): InfraDeps {
  const folder = resolve(flags['state-dir'])
  const {
    'ready-within': readySeconds = 5,
    'prometheus-config': prometheusConfig,
    'alertmanager-config': alertmanagerConfig,
  } = flags
  const scrape = {
    targets: flags.scrape ?? [],
    rules: (flags.rules ?? []).map(path => resolve(path)),
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
