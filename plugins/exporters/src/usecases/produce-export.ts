import {badDataError, type ExportReader} from '@ep23/sdk'

import type {ExportRequest, StoreRegistration} from '../domain/export-request.js'
import type {Finding} from '../domain/finding.js'
import type {ExportFacts, LeftOut} from '../domain/manifest.js'
import type {Advance, FilePorts, RunPorts} from '../domain/ports.js'
import {committedSchema, isOwnSchema} from './committed-schema.js'
import {describeLeftOut, readerOf} from './count-left-out.js'
import {ManifestBuilder} from './manifest-builder.js'
import {recordValidator} from './record-validator.js'
import {writeCommandRecords, type RunCommand} from './write-command-records.js'
import {writeStoreRecords} from './write-store-records.js'
import {message} from '../words/words.js'

export interface ProduceDeps extends RunPorts {
  files: FilePorts
  runCommand: RunCommand
  /** The store as child processes are told of it. */
  storeUrl: string
}

interface ProduceHooks {
  advance: Advance
  /** Told of every record that is not as it should be; may throw to stop. */
  onFinding(finding: Finding): void
}

interface ProduceTarget {
  folder: string
  left_out: LeftOut | null
  /** That of the count, so that the store is not asked the same again; a new one by default. */
  reader?: ExportReader | undefined
}

/**
 * Writes one export with its companions into a folder: from the store, or by a team's command. Time and records are
 * measured, whether it succeeds or not.
 */
export async function produceExport(
  deps: ProduceDeps,
  request: ExportRequest,
  {folder, left_out, reader}: ProduceTarget,
  hooks: ProduceHooks,
): Promise<ExportFacts> {
  const exporter = request.registration.name
  return measured(deps, exporter, async () => {
    const schema = await committedSchema(request.registration, deps.files)
    const manifest = await ManifestBuilder.open(deps.files, request, folder)
    const validate = recordValidator(schema, message('schemaOf', {exporter}), isOwnSchema(request.registration))
    const tools = {...deps, ...hooks, manifest, validate}
    try {
      const records =
        request.registration.kind === 'store'
          ? await fromStore(tools, request, request.registration, {folder, schema, reader})
          : [await writeCommandRecords(tools, request, request.registration.command, folder)]
      if (manifest.stats.total === 0) throw noRecords(exporter, left_out)
      const canonical = request.registration.kind === 'store'
      return await manifest.close(records, {schema, left_out, canonical})
    } catch (error) {
      await manifest.abandon()
      throw error
    }
  })
}

/** An empty file would look like a finished export. */
export function noRecords(exporter: string, left_out: LeftOut | null): Error {
  const why =
    left_out && left_out.total > 0
      ? message('someLeftOut', {records: left_out.total, why: describeLeftOut(left_out)})
      : message('storeHasNone')
  return badDataError('EXPORT_NO_RECORDS', message('noRecords', {exporter, why}), [
    left_out && left_out.total > 0 ? message('widenWindow') : message('fillStore'),
  ])
}

type Tools = ProduceDeps & ProduceHooks & {manifest: ManifestBuilder; validate: ReturnType<typeof recordValidator>}

type SchemaTarget = Pick<ProduceTarget, 'folder' | 'reader'> & {schema: Awaited<ReturnType<typeof committedSchema>>}

async function fromStore(
  tools: Tools,
  request: ExportRequest,
  registration: StoreRegistration,
  {reader = readerOf(registration.exporter, tools.store, request.resolved.query), ...target}: SchemaTarget,
): Promise<ExportFacts['files']> {
  const sink = await tools.files.createSink({...request.layout, ...target, stem: request.stem})
  try {
    const written = await writeStoreRecords({...tools, reader, sink}, request, registration)
    return written > 0 ? await sink.close() : []
  } catch (error) {
    await sink.abandon()
    throw error
  }
}

/** Runs the work in a span of its own; its time is measured also when it fails. */
async function measured(
  {tracer, logger, clock, metrics}: Pick<RunPorts, 'tracer' | 'logger' | 'clock' | 'metrics'>,
  exporter: string,
  work: () => Promise<ExportFacts>,
): Promise<ExportFacts> {
  return tracer.span('exporters.export', {exporter}, async span => {
    const start = clock.monotonic()
    try {
      const facts = await work()
      span.setAttributes({records: facts.records.total, merkle_root: facts.merkle.root})
      metrics.exportRecords.inc({exporter}, facts.records.total)
      logger.info({stage: 'export', exporter, records: facts.records.total, merkle_root: facts.merkle.root}, 'exported')
      return facts
    } finally {
      metrics.exportDuration.observe({exporter}, clock.monotonic() - start)
    }
  })
}
