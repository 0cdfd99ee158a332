import {join, resolve} from 'node:path'

import {keepMemoryFlat, usageError, type CommandResult, type Runtime} from '@ep23/sdk'
import {lastSnapshotWindow} from '@ep23/plugin-dataset'

import {PipeSink} from '../adapters/pipe-sink.js'
import type {ExportRequest, RegisteredExporter} from '../domain/export-request.js'
import {formatOf} from '../domain/file-names.js'
import {TEAM_DATASETS} from '../domain/to-record.js'
import {inTeamLayout} from '../usecases/built-in-exporters.js'
import {findExporter} from '../usecases/exporter-registry.js'
import {planRequest, resolveOutput, type OutputFlags, type ResolvedOutput} from '../usecases/plan-request.js'
import {renderRun} from '../usecases/render-run.js'
import {resolveQuery, type QueryFlags} from '../usecases/resolve-query.js'
import {pipeExport, runExport, type RunReport} from '../usecases/run-export.js'
import {openSigner, runPorts, registeredExporters} from './ports.js'

type RunFlags = QueryFlags & OutputFlags & {sign?: string | undefined; layout?: string}

/** `exporters:run`: into a folder with a manifest, or into a pipe. */
export async function runExporter(
  runtime: Runtime,
  name: string,
  flags: RunFlags,
  {json}: {json: boolean},
): Promise<CommandResult<RunReport | null>> {
  keepMemoryFlat()
  const {settings, clock} = runtime
  const registration = inLayout(flags.layout, findExporter(name, await registeredExporters(runtime)))
  const snapshot = await lastSnapshotWindow(settings.datasetDir)
  const places = {exporter: name, cwd: process.cwd(), defaultFolder: join(settings.datasetDir, 'exports')}
  const {folder, stem, layout} = placedFor(flags, name, resolveOutput(flags, places), settings.datasetDir)
  const resolved = resolveQuery(flags, {snapshot, now: clock.now()})
  const request = planRequest({registration, resolved, layout, stem})
  if (folder === undefined) return toPipe(runtime, request, {json, sign: flags.sign})
  const report = await runExport(runPorts(runtime, await openSigner(flags.sign)), request, folder)
  runtime.describeRun({export: report.export, folder})
  return {data: report, ...renderRun(report, process.cwd())}
}

function inLayout(layout: string | undefined, registration: RegisteredExporter): RegisteredExporter {
  if (layout !== 'team') return registration
  const exporter = registration.kind === 'store' ? inTeamLayout(registration.name) : undefined
  if (registration.kind === 'store' && exporter) return {...registration, exporter}
  throw usageError(`the team has no layout for ${registration.name}`, [
    `--layout team is for ${Object.keys(TEAM_DATASETS).join(' and ')}`,
  ])
}

// The team's tools look for <folder>/<dataset id>/latest.jsonl; a file or a pipe that is named stays as it is named.
function placedFor({layout, output}: RunFlags, name: string, resolved: ResolvedOutput, root: string): ResolvedOutput {
  const isNamed = output !== undefined && (output === '-' || formatOf(output) !== undefined)
  if (layout !== 'team' || isNamed) return resolved
  return {...resolved, folder: resolve(output ?? root, TEAM_DATASETS[name] ?? name), stem: 'latest'}
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
