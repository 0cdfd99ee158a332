import {readSigningKey, keyId} from '../adapters/ed25519-keys.js'
import {runCommand} from '../adapters/run-command.js'
import {openStaging} from '../adapters/staging.js'
import type {OpenStaging} from '../domain/staging.js'
import {exportersMetrics} from '../metrics.js'
import {obsoleteFiles} from '../usecases/run/obsolete-files.js'
import type {RunExportDeps} from '../usecases/run/run-export.js'
import type {Signer} from '../usecases/manifest/write-manifest.js'
import type {Runtime} from '@ep23/sdk'

import {filePorts} from './file-ports.js'

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
