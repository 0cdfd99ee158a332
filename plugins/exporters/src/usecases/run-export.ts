import {join} from 'node:path'

import {Ep23Error, EXIT, badDataError, usageError, type ExportReader, type Progress, type Message} from '@ep23/sdk'

import type {ExportRequest, StoreRegistration} from '../domain/export-request.js'
import {EVIDENCE_MANIFEST, companionNames, recordsFileName} from '../domain/file-names.js'
import {describeFinding, type Finding} from '../domain/finding.js'
import {type ExportFacts, manifestFiles} from '../domain/manifest.js'
import type {Advance, FilePorts, OpenStaging, RunPorts, RecordSink} from '../domain/ports.js'
import {committedSchema, isOwnSchema} from './committed-schema.js'
import {countLeftOut, describeLeftOut, readerOf} from './count-left-out.js'
import {produceExport, noRecords, type ProduceDeps} from './produce-export.js'
import {recordValidator} from './record-validator.js'
import {readIntactManifest, writeManifest, type ManifestDeps} from './write-manifest.js'
import {writeStoreRecords} from './write-store-records.js'
import {message} from '../words/words.js'

export interface RunExportDeps extends ProduceDeps, ManifestDeps {
  progress: Progress
  openStaging: OpenStaging
}

export interface RunReport {
  folder: string
  /** File names in the folder. */
  manifest: string
  signature: string | null
  export: ExportFacts
}

const COUNT = 'Count what is asked for'
const PUBLISH = 'Put in place'

/**
 * Exports into a folder: records, companions and manifest appear together, or what was there stays.
 * @throws Ep23Error EXPORT_NO_RECORDS, EXPORT_BAD_DOCUMENT, EXPORT_BAD_RECORD (65), EXPORT_IS_EVIDENCE, EXPORT_FILE_EXISTS (77),
 * and those of store and disk
 */
export async function runExport(deps: RunExportDeps, request: ExportRequest, folder: string): Promise<RunReport> {
  const {registration, resolved, stem} = request
  const names = companionNames(stem)
  await assertNoEvidence(deps.files, folder, stem)
  const staging = await deps.openStaging({folder, label: stem})
  const write = `Write ${registration.name}`
  const reader = registration.kind === 'store' ? readerOf(registration.exporter, deps.store, resolved.query) : undefined
  reader?.prefetch?.()
  try {
    await assertNotOthers(deps.files, request, folder)
    return await deps.progress.steps([COUNT, write, PUBLISH], async ({step, skip}) => {
      const selection =
        reader === undefined
          ? skip(COUNT, 'a command counts for itself')
          : await step(COUNT, async report => {
              const counted = await countLeftOut(registration.name, reader, resolved)
              report.note(message('records', {records: counted.expected}))
              return counted
            })
      const facts = await step(write, async report => {
        const advance: Advance = done => report.advance(done, selection?.expected, 'records')
        const target = {folder: staging.folder, left_out: selection?.left_out ?? null, reader}
        return produceExport(deps, request, target, {advance, onFinding: rejectRecord})
      })
      const {signature} = await step(PUBLISH, async () => {
        const manifest = await writeManifest(deps, staging.folder, names, {exports: [facts], reports: []})
        await staging.publish()
        return manifest
      })
      return {folder, manifest: names.manifest, signature, export: facts}
    })
  } catch (error) {
    await staging.discard()
    throw error
  } finally {
    reader?.close?.()
  }
}

/** A verified archive's files are evidence: an export never replaces one of them. */
async function assertNoEvidence(files: FilePorts, folder: string, stem: string): Promise<void> {
  const archive = await readIntactManifest(join(folder, EVIDENCE_MANIFEST), files)
  if (!archive?.exports.some(({exporter}) => exporter === stem)) return
  throw new Ep23Error(message('verifiedEvidence', {folder, stem}), {
    code: 'EXPORT_IS_EVIDENCE',
    exit: EXIT.notPermitted,
    suggestions: [message('nameOtherFolder'), message('verifyAgain')],
  })
}

/** A file of records that no manifest of ours names was written by somebody else, or is none. */
async function assertNotOthers(files: FilePorts, {stem, layout}: ExportRequest, folder: string): Promise<void> {
  const name = recordsFileName(stem, layout, layout.split === undefined ? undefined : 1)
  const path = join(folder, name)
  if (!(await files.hasContent(path))) return
  const manifest = await readIntactManifest(join(folder, companionNames(stem).manifest), files)
  if (manifest !== undefined && manifestFiles(manifest).some(file => file.name === name)) return
  throw new Ep23Error(message('notOurExport', {path}), {
    code: 'EXPORT_FILE_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [message('nameOtherOutput'), message('orMoveIt')],
  })
}

/**
 * Streams records into a pipe, checked as they pass; there is no manifest.
 * @returns what the query leaves out, in words; undefined when nothing
 * @throws Ep23Error as `runExport`, after the records before the bad one have gone
 */
export async function pipeExport(
  deps: RunPorts & {files: FilePorts},
  request: ExportRequest,
  sink: RecordSink,
): Promise<Message | undefined> {
  const {registration, resolved} = request
  if (registration.kind === 'command') throw usageError(message('commandNeedsOutput', {name: registration.name}))
  const reader = readerOf(registration.exporter, deps.store, resolved.query)
  try {
    return await pipeRecords({...deps, reader}, request, registration, sink)
  } finally {
    reader.close?.()
  }
}

async function pipeRecords(
  deps: RunPorts & {files: FilePorts; reader: ExportReader},
  request: ExportRequest,
  registration: StoreRegistration,
  sink: RecordSink,
): Promise<Message | undefined> {
  deps.reader.prefetch?.()
  const {expected, left_out} = await countLeftOut(registration.name, deps.reader, request.resolved)
  if (expected === 0) throw noRecords(registration.name, left_out)
  const schema = await committedSchema(registration, deps.files)
  const validate = recordValidator(schema, registration.name, isOwnSchema(registration))
  const start = deps.clock.monotonic()
  try {
    const hooks = {validate, advance: () => undefined, onFinding: rejectRecord}
    const written = await writeStoreRecords({...deps, ...hooks, sink}, request, registration)
    await sink.close()
    deps.metrics.exportRecords.inc({exporter: registration.name}, written)
  } finally {
    deps.metrics.exportDuration.observe({exporter: registration.name}, deps.clock.monotonic() - start)
  }
  return left_out.total > 0
    ? message('leftOutRecords', {records: left_out.total, why: describeLeftOut(left_out)})
    : undefined
}

/** Ends an export at a record that is not as it should be. */
function rejectRecord(finding: Finding): never {
  throw badDataError('EXPORT_BAD_RECORD', describeFinding(finding), [message('seeRecordSchema')])
}
