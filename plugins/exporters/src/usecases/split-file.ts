import {basename, join} from 'node:path'

import {badDataError, type Message, usageError} from '@ep23/sdk'

import {partsFileName, PARTS_VERSION, type Parts, type Compression, type RecordFile} from '../domain/manifest.js'
import type {FilePorts, OpenStaging} from '../domain/ports.js'
import {message} from '../words/words.js'

interface PartWriter {
  add(line: Uint8Array, describe: () => Message): Promise<void> | undefined
  close(): Promise<RecordFile[]>
  abandon(): Promise<void>
}

interface SplitDeps {
  files: FilePorts
  openStaging: OpenStaging
  /** Lines of a file with their line feeds, in batches. */
  readPieces(path: string): AsyncIterable<Buffer[]>
  openParts(options: {folder: string; name: string; compression: Compression; split: number}): PartWriter
  signal: AbortSignal
}

interface SplitOptions {
  /** File to cut; stays as it is. */
  path: string
  folder: string
  maxBytes: number
  compression: Compression
}

/**
 * Cuts a text file at line ends into parts of a size, with a list that tells how to join them. Parts of an earlier cut
 * are replaced as one.
 * @throws Ep23Error EXPORT_EMPTY_FILE, EXPORT_LINE_TOO_LARGE (65), USAGE (64) for a compressed file
 */
export async function splitFile(deps: SplitDeps, options: SplitOptions): Promise<Parts> {
  const name = basename(options.path)
  if (/\.(?:gz|zst|parquet)$/u.test(name))
    throw usageError(message('isCompressed', {name}), [message('decompressFirst'), message('exportWithSplit')])
  const staging = await deps.openStaging({folder: options.folder, label: name})
  try {
    const parts = await writeParts(deps, options, {name, folder: staging.folder})
    await deps.files.writeNew(join(staging.folder, partsFileName(name)), `${JSON.stringify(parts, null, 2)}\n`)
    await staging.publish()
    return parts
  } catch (error) {
    await staging.discard()
    throw error
  }
}

async function writeParts(
  deps: SplitDeps,
  {path, maxBytes, compression}: SplitOptions,
  {name, folder}: {name: string; folder: string},
): Promise<Parts> {
  const whole = {hash: deps.files.hashing.growing(), bytes: 0}
  const writer = deps.openParts({folder, name, compression, split: maxBytes})
  try {
    let line = 0
    for await (const batch of deps.readPieces(path)) {
      deps.signal.throwIfAborted()
      for (const piece of batch) {
        const number = (line += 1)
        whole.hash.update(piece)
        whole.bytes += piece.byteLength
        await writer.add(piece, () => message('lineOf', {file: name, line: number}))
      }
    }
    if (line === 0) throw badDataError('EXPORT_EMPTY_FILE', message('nothingToSplit', {path}))
    const file = {name, bytes: whole.bytes, sha256: whole.hash.hex()}
    return {parts_version: PARTS_VERSION, file, compression, max_bytes: maxBytes, parts: await writer.close()}
  } catch (error) {
    await writer.abandon()
    throw error
  }
}
