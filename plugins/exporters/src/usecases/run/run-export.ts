import {join} from 'node:path'

import {Ep23Error, EXIT, type Progress, type Step} from '@ep23/sdk'

import {ARCHIVE_MANIFEST, companionNames} from '../../domain/file-names.js'
import type {ExportRequest} from '../../domain/export-request.js'
import type {ExportFacts, LeftOut} from '../../domain/manifest/manifest.js'
import type {Advance, FilePorts} from '../../domain/ports.js'
import type {OpenStaging, Staging} from '../../domain/staging.js'
import {countLeftOut} from './count-left-out.js'
import {readIntactManifest} from './obsolete-files.js'
import {refuseRecord} from './pipe-export.js'
import {produceExport, type ProduceDeps} from './produce-export.js'
import {writeManifest, type ManifestDeps} from '../manifest/write-manifest.js'

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

interface Context {
  left_out: LeftOut | null
  expected?: number
  facts?: ExportFacts
  signature: string | null
}

/**
 * Exports into a folder: records, companions and manifest appear together, or what was there stays.
 * @throws Ep23Error EXPORT_NO_RECORDS, EXPORT_BAD_DOCUMENT, EXPORT_BAD_RECORD (65), EXPORT_IS_EVIDENCE (77), and those of
 * store and disk
 */
export async function runExport(deps: RunExportDeps, request: ExportRequest, folder: string): Promise<RunReport> {
  const {stem} = request
  const {manifest} = companionNames(stem)
  await refuseArchive(deps.files, folder, stem)
  const staging = await deps.openStaging({folder, label: stem})
  const context: Context = {left_out: null, signature: null}
  try {
    const steps = [countStep(deps, request), writeStep(deps, request, staging), publishStep(deps, request, staging)]
    await deps.progress.run(steps, context)
  } catch (error) {
    await staging.discard()
    throw error
  }
  return {folder, manifest, signature: context.signature, export: written(context)}
}

function countStep(deps: RunExportDeps, {registration, resolved}: ExportRequest): Step<Context> {
  return {
    title: 'Count what is asked for',
    ...(registration.kind === 'command' && {skip: () => 'a command counts for itself'}),
    async run(context, report) {
      if (registration.kind === 'command') return
      Object.assign(context, await countLeftOut(registration.exporter, deps.store, resolved))
      report.note(`${context.expected} records`)
    },
  }
}

function writeStep(deps: RunExportDeps, request: ExportRequest, {folder}: Staging): Step<Context> {
  return {
    title: `Write ${request.registration.name}`,
    async run(context, report) {
      const advance: Advance = done => report.advance(done, context.expected, 'records')
      const target = {folder, left_out: context.left_out}
      context.facts = await produceExport(deps, request, target, {advance, onFinding: refuseRecord})
    },
  }
}

function publishStep(deps: RunExportDeps, {stem}: ExportRequest, staging: Staging): Step<Context> {
  return {
    title: 'Put in place',
    async run(context) {
      const content = {exports: [written(context)], reports: []}
      const manifest = await writeManifest(deps, staging.folder, companionNames(stem), content)
      context.signature = manifest.signature
      await staging.publish()
    },
  }
}

function written({facts}: Context): ExportFacts {
  if (!facts) throw new Error('the export ended without its facts')
  return facts
}

/** A verified archive's files are evidence: an export never replaces one of them. */
async function refuseArchive(files: FilePorts, folder: string, stem: string): Promise<void> {
  const archive = await readIntactManifest(join(folder, ARCHIVE_MANIFEST), files)
  if (!archive?.exports.some(({exporter}) => exporter === stem)) return
  throw new Ep23Error(`${folder} holds verified evidence of ${stem}, which an export may not replace`, {
    code: 'EXPORT_IS_EVIDENCE',
    exit: EXIT.notPermitted,
    suggestions: ['name another folder with --output', 'or verify again: ep23 exporters:verify'],
  })
}
