import {createHash} from 'node:crypto'
import {closeSync, openSync, readSync} from 'node:fs'
import {stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {type OpenArchive, readLines, readVerificationKey} from '@ep23/plugin-exporters'
import {type CommandResult, EXIT, keepMemoryFlat, readTextIfThere, usageError} from '@ep23/sdk'

import {fileFacts, openRunArchive} from '../adapters/run-archive.js'
import {findRun} from '../adapters/runs-directory.js'
import {hashText, sha256} from '../adapters/sha256.js'
import {openStoredRun} from '../adapters/stored-run.js'
import {renderVerification} from '../usecases/verify/checks.js'
import {type ArchiveDeps, verifyArchive, type VerifyData} from '../usecases/verify/verify-archive.js'
import {archivedReport} from './archive.js'
import {message} from '../words/words.js'

interface VerifyOptions {
  datasetDir: string
  /** Of this ep23. */
  version: string
  /** A file with the key of who should have signed. */
  keyPath?: string | undefined
}

/** `benchmark:verify`: an archive, the folder of a run, or a run as other commands name it. */
export async function verifyReference(
  path: string,
  {datasetDir, version, keyPath}: VerifyOptions,
): Promise<CommandResult<VerifyData>> {
  keepMemoryFlat()
  const key = keyPath === undefined ? undefined : await readVerificationKey(keyPath)
  const archive = await openRunArchive(await locationOf(path, datasetDir))
  try {
    const data = await verifyArchive(archiveDeps(archive, version), path, key)
    return {data, text: renderVerification(data), exit: data.verified ? EXIT.ok : EXIT.gateFailed}
  } finally {
    await archive.close()
  }
}

async function locationOf(path: string, datasetDir: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (isThere) return resolve(path)
  // What looks like a path was meant as one: no run has that id.
  if (/[./\\]/u.test(path)) throw usageError(message('nothingAt', {path: resolve(path)}), [message('makeArchive')])
  return (await findRun(datasetDir, path)).folder
}

function archiveDeps({folder, names}: OpenArchive, version: string): ArchiveDeps {
  return {
    ...{names, hashText, sha256, version},
    factsOf: name => fileFacts(folder, name),
    files: {
      lines: name => (names.includes(name) ? readLines(join(folder, name)) : noLines()),
      text: name => readTextIfThere(join(folder, name)),
      part: (name, start, bytes) => readPart(join(folder, name), start, bytes),
    },
    readRun: async () => (await openStoredRun(folder)).run,
    reportSha256: async () => {
      const hash = createHash('sha256')
      for await (const piece of await archivedReport(await openStoredRun(folder))) hash.update(piece)
      return hash.digest('hex')
    },
  }
}

function readPart(path: string, start: number, bytes: number): string {
  const file = openSync(path, 'r')
  try {
    const part = Buffer.allocUnsafe(bytes)
    return part.toString('utf8', 0, readSync(file, part, 0, bytes, start))
  } finally {
    closeSync(file)
  }
}

async function* noLines(): AsyncGenerator<never> {
  // A file that is not there has no lines.
}
