import type {KeyObject} from 'node:crypto'

import {keyId, readEnvelope, statementIn, verifyEnvelope} from '@ep23/plugin-exporters'
import {badDataError, isObject, parseJson, type Message, isMessage} from '@ep23/sdk'

import {
  ARCHIVE_FORMAT,
  ARCHIVE_MANIFEST,
  ARCHIVE_SIGNATURE,
  type ArchiveManifest,
  ARCHIVED_REPORT,
  RUN_FILES,
} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {check, type Check, filesDifference, firstDifferenceOf, nothingComputed, type Verification} from './checks.js'
import {type VerifyDeps, verifyRun} from './verify-run.js'
import {message} from '../../words/words.js'

export interface VerifyData extends Verification {
  path: string
  verified: boolean
}

/** What is read of an archive's manifest. */
type KnownManifest = Pick<ArchiveManifest, 'files'> & {ep23_version: string | undefined}

export interface ArchiveDeps extends VerifyDeps {
  /** Of all files there are. */
  names: readonly string[]
  readRun: () => Promise<RunResult>
  /** SHA-256 of the report, written again from the run. */
  reportSha256: () => Promise<string>
}

/**
 * The files of an archive or of a run's folder against what vouches for them, then everything that the run says.
 * @param key who should have signed; without it a signature must only be whole
 * @throws Ep23Error BENCHMARK_BAD_ARCHIVE, BENCHMARK_BAD_RUN (65)
 */
export async function verifyArchive(deps: ArchiveDeps, path: string, key?: KeyObject): Promise<VerifyData> {
  const isArchive = deps.names.includes(ARCHIVE_MANIFEST)
  const manifest = isArchive ? await readManifest(deps, path) : undefined
  const own = [...(manifest ? [await manifestCheck(deps, manifest)] : []), ...(await signatureChecks(deps, key))]
  // What a manifest does not vouch for may not even be readable: the numbers behind it say nothing.
  if (own.some(({ok}) => !ok)) return {path, verified: false, ...nothingComputed('', own)}
  if (!deps.names.includes(RUN_FILES.result))
    throw badDataError('BENCHMARK_BAD_ARCHIVE', message('holdsNoRun', {path, file: RUN_FILES.result}), [
      message('nameArchive'),
    ])
  const run = await deps.readRun()
  const verification = await verifyRun(deps, run)
  const last = manifest ? await reportChecks(deps, manifest) : [check('folder', strangerIn(deps.names, run))]
  const checks = [...own, ...verification.checks, ...last]
  const first = firstDifferenceOf(checks)
  const notes = [...verification.notes, ...(manifest ? reportNotes(deps, manifest) : [])]
  return {path, verified: first === null, ...verification, checks, notes, first_difference: first}
}

function reportNotes({version}: ArchiveDeps, {ep23_version: wrote}: KnownManifest): Message[] {
  if (wrote === version) return []
  return [message('reportTaken', {report: ARCHIVED_REPORT, wrote: wrote ?? message('olderVersion'), version})]
}

async function readManifest({files: {text}}: ArchiveDeps, path: string): Promise<KnownManifest> {
  const file = `${path}, ${ARCHIVE_MANIFEST}`
  const manifest = parseJson((await text(ARCHIVE_MANIFEST)) ?? '{}', {file, code: 'BENCHMARK_BAD_ARCHIVE'})
  const {files, archive_version: version, ep23_version} = (manifest ?? {}) as Partial<ArchiveManifest>
  if (version !== ARCHIVE_FORMAT || !isListOfFiles(files))
    throw badDataError('BENCHMARK_BAD_ARCHIVE', message('otherManifestVersion', {path, manifest: ARCHIVE_MANIFEST}))
  return {files, ep23_version}
}

async function manifestCheck({factsOf, names}: ArchiveDeps, {files}: KnownManifest): Promise<Check> {
  const listed = files.map(({name}) => name)
  const stranger = names.find(name => ![ARCHIVE_MANIFEST, ARCHIVE_SIGNATURE, ...listed].includes(name))
  const difference = await filesDifference({factsOf}, files)
  return check('archive', difference ?? (stranger === undefined ? undefined : message('inNoList', {stranger})))
}

function isListOfFiles(files: unknown): files is ArchiveManifest['files'] {
  return Array.isArray(files) && files.every(isObject)
}

/** Whether the wanted key vouches for `archive.json`; a signature that nobody asked about must at least be whole. */
async function signatureChecks({files, factsOf, names}: ArchiveDeps, key: KeyObject | undefined): Promise<Check[]> {
  if (!names.includes(ARCHIVE_SIGNATURE)) return key ? [check('signature', message('notSigned'))] : []
  const envelope = readEnvelope((await files.text(ARCHIVE_SIGNATURE)) ?? '')
  if (isMessage(envelope)) return [check('signature', envelope)]
  const statement = key ? verifyEnvelope(envelope, key, keyId(key)) : statementIn(envelope)
  if (isMessage(statement)) return [check('signature', statement)]
  const signed = statement.subject.find(({name}) => name === ARCHIVE_MANIFEST)?.digest.sha256
  const found = (await factsOf(ARCHIVE_MANIFEST))?.sha256
  return [check('signature', signed === found ? undefined : message('vouchesOther', {manifest: ARCHIVE_MANIFEST}))]
}

/** What a run leaves besides the files that it names: for going on, for steering, and the report that somebody asked for. */
const KEPT: readonly string[] = [
  RUN_FILES.result,
  RUN_FILES.journal,
  RUN_FILES.answerJournal,
  RUN_FILES.concurrency,
  ARCHIVED_REPORT,
]

function strangerIn(names: readonly string[], {files}: RunResult): Message | undefined {
  const stranger = names.find(name => !KEPT.includes(name) && !files.some(file => file.name === name))
  return stranger === undefined ? undefined : message('notRunsFile', {stranger})
}

/** The report is written again and compared by its hash, as it may be large: by the version that wrote it, as its page is that version's. */
async function reportChecks(
  {factsOf, reportSha256, version}: ArchiveDeps,
  {ep23_version: wrote}: KnownManifest,
): Promise<Check[]> {
  if (wrote !== version) return []
  const stored = (await factsOf(ARCHIVED_REPORT))?.sha256
  const computed = await reportSha256()
  const difference =
    stored === computed ? undefined : message('storedComputed', {stored: stored ?? message('nothing'), computed})
  return [check(ARCHIVED_REPORT, difference)]
}
