import {createHash, type KeyObject} from 'node:crypto'
import {stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {
  keyId,
  type OpenArchive,
  readEnvelope,
  readLines,
  readVerificationKey,
  statementIn,
  verifyEnvelope,
} from '@ep23/plugin-exporters'
import {badDataError, type CommandResult, EXIT, usageError} from '@ep23/sdk'

import {fileFacts, openRunArchive, textOf} from '../adapters/runs/run-archive.js'
import {openRunFolder} from '../adapters/runs/run-folder.js'
import {findRun} from '../adapters/runs/run-shelf.js'
import {hashText, sha256} from '../adapters/sha256.js'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_MANIFEST,
  ARCHIVE_SIGNATURE,
  type ArchiveManifest,
  ARCHIVED_REPORT,
} from '../domain/archive-manifest.js'
import {RUN_FILES} from '../domain/run-folder.js'
import type {RunResult} from '../domain/run-result.js'
import {renderVerification} from '../usecases/verify/render-verification.js'
import {
  check,
  type Check,
  filesDifference,
  firstOf,
  nothingComputed,
  type Verification,
  verifyRun,
} from '../usecases/verify/verify-run.js'
import {archivedReport} from './archive.js'

export interface VerifyData extends Verification {
  path: string
  verified: boolean
}

/** `benchmark:verify`: an archive, the folder of a run, or a run as other commands name it. */
export async function verifyReference(
  path: string,
  datasetDir: string,
  keyPath?: string,
): Promise<CommandResult<VerifyData>> {
  const key = keyPath === undefined ? undefined : await readVerificationKey(keyPath)
  const archive = await openRunArchive(await placeOf(path, datasetDir))
  try {
    const data = await verifyArchive(archive, path, key)
    return {data, text: renderVerification(data), exit: data.verified ? EXIT.ok : EXIT.gateFailed}
  } finally {
    await archive.close()
  }
}

async function placeOf(path: string, datasetDir: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (isThere) return resolve(path)
  // What looks like a path was meant as one: no run has that id.
  if (/[./\\]/u.test(path))
    throw usageError(`there is nothing at ${resolve(path)}`, ['make an archive of a run: ep23 benchmark:archive RUN'])
  return (await findRun(datasetDir, path)).folder
}

async function verifyArchive(archive: OpenArchive, path: string, key: KeyObject | undefined): Promise<VerifyData> {
  const {folder, names} = archive
  const factsOf = (name: string) => fileFacts(folder, name)
  const manifest = names.includes(ARCHIVE_MANIFEST) ? await manifestChecks(archive, path) : []
  const own = [...manifest, ...(await signatureChecks(archive, key))]
  const broken = own.find(({ok}) => !ok)
  // What a manifest does not vouch for may not even be readable: the numbers behind it say nothing.
  if (broken) return {path, verified: false, ...nothingComputed('', own)}
  if (!names.includes(RUN_FILES.result))
    throw badDataError('BENCHMARK_BAD_ARCHIVE', `${path} holds no run: it has no ${RUN_FILES.result}`, [
      'name an archive of benchmark:archive, the folder of a run, or a run as benchmark:list shows it',
    ])
  const found = await openRunFolder(folder)
  const files = {
    lines: (name: string) => (names.includes(name) ? readLines(join(folder, name)) : nothing()),
    text: (name: string) => textOf(folder, name),
  }
  const verification = await verifyRun({files, factsOf, hashText, sha256}, found.run)
  const checks = [
    ...own,
    ...verification.checks,
    manifest.length > 0 ? await reportCheck(archive) : check('folder', strangerIn(names, found.run)),
  ]
  const first = checks.map(firstOf).find(difference => difference !== null) ?? null
  return {path, verified: first === null, ...verification, checks, first_difference: first}
}

/** Whether the wanted key vouches for `archive.json`; a signature that nobody asked about must at least be whole. */
async function signatureChecks({folder, names}: OpenArchive, key: KeyObject | undefined): Promise<Check[]> {
  if (!names.includes(ARCHIVE_SIGNATURE)) return key ? [check('signature', 'it is not signed')] : []
  const envelope = readEnvelope((await textOf(folder, ARCHIVE_SIGNATURE)) ?? '')
  if (typeof envelope === 'string') return [check('signature', envelope)]
  const statement = key ? verifyEnvelope(envelope, key, keyId(key)) : statementIn(envelope)
  if (typeof statement === 'string') return [check('signature', statement)]
  const signed = statement.subject.find(({name}) => name === ARCHIVE_MANIFEST)?.digest.sha256
  const found = (await fileFacts(folder, ARCHIVE_MANIFEST))?.sha256
  return [check('signature', signed === found ? undefined : `it vouches for another ${ARCHIVE_MANIFEST}`)]
}

/** What a run leaves besides the files that it names: for going on, for steering, and the report that somebody asked for. */
const KEPT: readonly string[] = [
  RUN_FILES.result,
  RUN_FILES.journal,
  RUN_FILES.answerJournal,
  RUN_FILES.concurrency,
  ARCHIVED_REPORT,
]

function strangerIn(names: readonly string[], {files}: RunResult): string | undefined {
  const stranger = names.find(name => !KEPT.includes(name) && !files.some(file => file.name === name))
  return stranger && `${stranger} is none of the run's files`
}

async function manifestChecks({folder, names}: OpenArchive, path: string): Promise<Check[]> {
  const {files, archive_version: version} = JSON.parse(
    (await textOf(folder, ARCHIVE_MANIFEST)) ?? '{}',
  ) as Partial<ArchiveManifest>
  if (version !== ARCHIVE_FORMAT || !Array.isArray(files))
    throw badDataError('BENCHMARK_BAD_ARCHIVE', `${path} has an ${ARCHIVE_MANIFEST} of another version`)
  const listed = (files as ArchiveManifest['files']).map(({name}) => name)
  const stranger = names.find(name => ![ARCHIVE_MANIFEST, ARCHIVE_SIGNATURE, ...listed].includes(name))
  const difference = await filesDifference({factsOf: name => fileFacts(folder, name)}, files)
  return [check('archive', difference ?? (stranger && `${stranger} is in no list`))]
}

/** The report is written again and compared by its hash: it may be large. */
async function reportCheck({folder}: OpenArchive): Promise<Check> {
  const hash = createHash('sha256')
  for await (const piece of await archivedReport(await openRunFolder(folder))) hash.update(piece)
  const stored = (await fileFacts(folder, ARCHIVED_REPORT))?.sha256
  const computed = hash.digest('hex')
  return check(ARCHIVED_REPORT, stored === computed ? undefined : `stored ${stored ?? 'nothing'}, computed ${computed}`)
}

async function* nothing(): AsyncGenerator<never> {
  // A file that is not there has no lines.
}
