import {join} from 'node:path'

import {keepMemoryFlat, usageError, type CommandResult, type Runtime, type Message, joined} from '@ep23/sdk'
import {lastSnapshotWindow} from '@ep23/plugin-dataset'

import {PipeSink} from '../adapters/pipe-sink.js'
import type {ExportRequest} from '../domain/export-request.js'
import type {ExportFacts, RecordFile} from '../domain/manifest.js'
import type {RunFlags} from '../flags.js'
import {inLayout} from '../usecases/built-in-exporters.js'
import {describeLeftOut} from '../usecases/count-left-out.js'
import {describeBytes, describeWindow, readablePath} from '../usecases/describe.js'
import {findExporter} from '../usecases/exporter-registry.js'
import {placeOutput, planRequest} from '../usecases/plan-request.js'
import {resolveQuery} from '../usecases/resolve-query.js'
import {pipeExport, runExport, type RunReport} from '../usecases/run-export.js'
import {openSigner, runPorts, registeredExporters} from './ports.js'
import {message} from '../words/words.js'

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
  const {folder, stem, layout} = placeOutput(flags, name, {cwd: process.cwd(), datasetDir: settings.datasetDir})
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
  if (json) throw usageError(message('stdoutTwice'), [message('folderForJson')])
  if (sign !== undefined) throw usageError(message('pipeHasNoManifest'), [message('nameFolder')])
  if (process.stdout.isTTY && request.layout.compression !== 'none')
    throw usageError(message('compressedToTerminal'), [message('redirectStdout')])
  const sink = new PipeSink(process.stdout, request.layout.compression)
  const leftOut = await pipeExport(runPorts(runtime), request, sink)
  return {data: null, text: [], warnings: leftOut === undefined ? [] : [leftOut]}
}

/** A run's report for people, and what of it they are warned of. */
function renderRun(report: RunReport, cwd: string): {text: Message[]; warnings: Message[]} {
  const {folder, manifest, signature, export: facts} = report
  const at = (name: string): string => readablePath(join(folder, name), cwd)
  return {
    text: [
      message('recordsIn', {
        records: facts.records.total,
        exporter: facts.exporter,
        files: describeFiles(facts.files, at),
      }),
      message('windowRow', {window: describeWindow(facts.query)}),
      message('channelsRow', {channels: describeCounts(facts.records.by_channel)}),
      message('originRow', {origin: describeCounts(facts.records.by_origin)}),
      message('rootRow', {root: facts.merkle.root}),
      message('manifestRow', {
        manifest: at(manifest),
        signature: signature === null ? '' : message('signedIn', {place: at(signature)}),
      }),
    ],
    warnings: leftOutWarnings(facts),
  }
}

function leftOutWarnings({left_out}: ExportFacts): Message[] {
  if (left_out === null || left_out.total === 0) return []
  return [message('leftOutRecords', {records: left_out.total, why: describeLeftOut(left_out)})]
}

function describeFiles(files: readonly RecordFile[], at: (name: string) => string): Message {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const first = at(files[0]?.name ?? '')
  return files.length === 1
    ? joined([first, ' (', describeBytes(bytes), ')'], '')
    : message('filesFrom', {files: files.length, first, size: describeBytes(bytes)})
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
