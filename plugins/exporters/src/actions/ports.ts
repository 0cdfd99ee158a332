import type {Runtime} from '@ep23/sdk'

import {readSigningKey, keyId} from '../adapters/ed25519-keys.js'
import {filePorts} from '../adapters/file-ports.js'
import {runCommand} from '../adapters/run-command.js'
import {openStaging} from '../adapters/staging.js'
import type {RegisteredExporter} from '../domain/export-request.js'
import type {OpenStaging} from '../domain/ports.js'
import {exportersMetrics} from '../metrics.js'
import {readCommandExporters, registerExporters} from '../usecases/exporter-registry.js'
import type {RunExportDeps} from '../usecases/run-export.js'
import {obsoleteFiles, type Signer} from '../usecases/write-manifest.js'

/** What every export runs on. */
export function runPorts(runtime: Runtime, signer?: Signer): RunExportDeps {
  const {store, tracer, logger, clock, signal, progress, run, version, settings} = runtime
  return {
    store,
    tracer,
    logger,
    clock,
    signal,
    progress,
    run,
    version,
    signer,
    metrics: runtime.metrics.bind(exportersMetrics),
    files: filePorts,
    storeUrl: settings.store,
    runCommand,
    openStaging: stagingPort,
  }
}

/** Staging that knows which files a new manifest makes obsolete. */
export const stagingPort: OpenStaging = set => openStaging(set, places => obsoleteFiles(filePorts, places))

/** The signer of `--sign KEYFILE`, read before any work begins. */
export async function openSigner(path: string | undefined): Promise<Signer | undefined> {
  if (path === undefined) return undefined
  const key = await readSigningKey(path)
  return {key, keyId: keyId(key)}
}

/** The exporters of all plugins and of the settings file. */
export async function registeredExporters(runtime: Runtime): Promise<RegisteredExporter[]> {
  const {settings} = runtime
  const commands = readCommandExporters(settings.section('exporters'), settings.configDir)
  return registerExporters(await runtime.contributions(), commands)
}
