import {join} from 'node:path'

import {Ep23Error, EXIT, type Progress} from '@ep23/sdk'

import {ARCHIVE_MANIFEST, companionNames} from '../../domain/file-names.js'
import type {ExportRequest} from '../../domain/export-request.js'
import type {ExportFacts} from '../../domain/manifest/manifest.js'
import type {Advance, FilePorts} from '../../domain/ports.js'
import type {OpenStaging} from '../../domain/staging.js'
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

const COUNT = 'Count what is asked for'
const PUBLISH = 'Put in place'

/**
 * Exports into a folder: records, companions and manifest appear together, or what was there stays.
 * @throws Ep23Error EXPORT_NO_RECORDS, EXPORT_BAD_DOCUMENT, EXPORT_BAD_RECORD (65), EXPORT_IS_EVIDENCE (77), and those of
 * store and disk
 */
export async function runExport(deps: RunExportDeps, request: ExportRequest, folder: string): Promise<RunReport> {
  const {registration, resolved, stem} = request
  const names = companionNames(stem)
  await refuseArchive(deps.files, folder, stem)
  const staging = await deps.openStaging({folder, label: stem})
  const write = `Write ${registration.name}`
  try {
    return await deps.progress.steps([COUNT, write, PUBLISH], async ({step, skip}) => {
      const selection =
        registration.kind === 'command'
          ? skip(COUNT, 'a command counts for itself')
          : await step(COUNT, async report => {
              const counted = await countLeftOut(registration.exporter, deps.store, resolved)
              report.note(`${counted.expected} records`)
              return counted
            })
      const facts = await step(write, async report => {
        const advance: Advance = done => report.advance(done, selection?.expected, 'records')
        const target = {folder: staging.folder, left_out: selection?.left_out ?? null}
        return produceExport(deps, request, target, {advance, onFinding: refuseRecord})
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
  }
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
