import {join} from 'node:path'

import {usageError, type CommandResult, type Runtime} from '@ep23/sdk'
import {lastSnapshotWindow} from '@ep23/plugin-dataset'

import {PipeSink} from '../adapters/sinks/pipe-sink.js'
import type {ExportRequest} from '../domain/export-request.js'
import {pipeExport} from '../usecases/run/pipe-export.js'
import {planRequest} from '../usecases/request/plan-request.js'
import {findExporter} from '../usecases/registry/register-exporters.js'
import {renderRun} from '../usecases/run/render-run.js'
import {resolveOutput, type OutputFlags} from '../usecases/request/resolve-output.js'
import {resolveQuery, type QueryFlags} from '../usecases/request/resolve-query.js'
import {runExport, type RunReport} from '../usecases/run/run-export.js'
import {keepMemoryFlat} from './keep-memory-flat.js'
import {registeredExporters} from './registered.js'
import {openSigner, runPorts} from './run-ports.js'

type RunFlags = QueryFlags & OutputFlags & {sign?: string | undefined}

/** `exporters:run`: into a folder with a manifest, or into a pipe. */
export async function exportAsAsked(
  runtime: Runtime,
  name: string,
  flags: RunFlags,
  {json}: {json: boolean},
): Promise<CommandResult<RunReport | null>> {
  keepMemoryFlat()
  const {settings, clock} = runtime
  const registration = findExporter(name, await registeredExporters(runtime))
  const snapshot = await lastSnapshotWindow(settings.datasetDir)
  const places = {exporter: name, cwd: process.cwd(), defaultFolder: join(settings.datasetDir, 'exports')}
  const {folder, stem, layout} = resolveOutput(flags, places)
  const resolved = resolveQuery(flags, {snapshot, now: clock.now()})
  const request = planRequest({registration, resolved, layout, stem})
  if (folder === undefined) return toPipe(runtime, request, {json, sign: flags.sign})
  const report = await runExport(runPorts(runtime, await openSigner(flags.sign)), request, folder)
  runtime.describeRun({export: report.export, folder})
  return {data: report, ...renderRun(report, process.cwd())}
}

async function toPipe(
  runtime: Runtime,
  request: ExportRequest,
  {json, sign}: {json: boolean; sign: string | undefined},
): Promise<CommandResult<null>> {
  if (json) throw usageError('--output - and --json both want stdout', ['name a folder for --json'])
  if (sign !== undefined) throw usageError('a pipe has no manifest to --sign', ['name a folder'])
  if (process.stdout.isTTY && request.layout.compression !== 'none')
    throw usageError('compressed bytes are nothing for a terminal', ['redirect stdout to a file or a pipe'])
  const sink = new PipeSink(process.stdout, request.layout.compression)
  const leftOut = await pipeExport(runPorts(runtime), request, sink)
  return {data: null, text: [], warnings: leftOut === undefined ? [] : [leftOut]}
}
