import {mkdir, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'

import type {CommandResult, Runtime} from '@ep23/sdk'
import {dayOf, lastSnapshotWindow} from '@ep23/plugin-dataset'

import {packBeside} from '../adapters/archive/pack-archive.js'
import {openScratchStore} from '../adapters/scratch-store.js'
import {planRequest} from '../usecases/request/plan-request.js'
import {findExporter} from '../usecases/registry/register-exporters.js'
import {renderVerify, type VerifyData} from '../usecases/verify/render-verify.js'
import {resolveQuery, type QueryFlags} from '../usecases/request/resolve-query.js'
import {verifyExports, type VerifyDeps} from '../usecases/verify/verify-exports.js'
import {keepMemoryFlat} from './keep-memory-flat.js'
import {registeredExporters} from './registered.js'
import {openSigner, runPorts} from './run-ports.js'

type VerifyFlags = Omit<QueryFlags, 'limit'> & {
  exporter?: readonly string[] | undefined
  runs: number
  'min-samples': number
  sign?: string | undefined
}

const DEFAULT_ZONE = 'Europe/Moscow'

/** `exporters:verify`. */
export async function verifyAsAsked(runtime: Runtime, flags: VerifyFlags): Promise<CommandResult<VerifyData>> {
  keepMemoryFlat()
  const {settings, clock} = runtime
  const registered = await registeredExporters(runtime)
  const wanted = flags.exporter ? [...new Set(flags.exporter)].map(name => findExporter(name, registered)) : registered
  const snapshot = await lastSnapshotWindow(settings.datasetDir)
  const resolved = resolveQuery(flags, {snapshot, now: clock.now()})
  const layout = {format: 'jsonl', compression: 'none'} as const
  const requests = wanted.map(registration => planRequest({registration, resolved, layout, stem: registration.name}))
  const today = dayOf(clock.now(), resolved.facts.window?.time_zone ?? DEFAULT_ZONE)
  const report = await verifyExports(await verifyPorts(runtime, flags.sign), requests, {
    folder: join(settings.datasetDir, 'exports', today),
    rules: {runs: flags.runs, minSamples: flags['min-samples']},
  })
  const result = renderVerify(report, process.cwd())
  runtime.describeRun({...result.data})
  return result
}

async function verifyPorts(runtime: Runtime, sign: string | undefined): Promise<VerifyDeps> {
  return {
    ...runPorts(runtime, await openSigner(sign)),
    openScratch: () => openScratchStore(location => runtime.openStore(location)),
    makeFolder: path => mkdir(path),
    removeRuns,
    packArchive: packBeside,
  }
}

// The folders of further runs are the only ones among the staged files.
async function removeRuns(folder: string): Promise<void> {
  for (const entry of await readdir(folder, {withFileTypes: true}))
    if (entry.isDirectory()) await rm(join(folder, entry.name), {recursive: true})
}
