import {open, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError} from '@ep23/sdk'

import type {FileFacts} from '../domain/manifest.js'
import {createHashedFile} from './byte-targets.js'
import {growingSha256} from './hashing.js'
import {fileBytes} from './read-lines.js'
import {message} from '../words/words.js'

/** What is met in an archive, in its order: each file begins, has content, ends. */
type ArchiveEvent = {kind: 'begin'; name: string; bytes: number} | {kind: 'data'; chunk: Buffer} | {kind: 'end'}

/** Texts shrink to a tenth, seldom to a thirtieth; what is made to burst shrinks to a thousandth. */
const MOST_RATIO = 50
const ALWAYS_ALLOWED_BYTES = 64 * 1024 * 1024

/**
 * Walks through the plain files of a `.tar.gz` (or `.tar`), holding no more of it than a piece. What is not a plain file is
 * left out. A file is no longer than its header says, and the whole no longer than 64 MiB and 50 times the packed bytes: an
 * archive made to fill memory or disk is refused at the header that says so.
 * @throws Ep23Error ARCHIVE_TOO_LARGE (65); the decompressor's or the reader's own error for a damaged one
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEvent> {
  const {Parser} = await import('tar')
  const budget = new Budget(path, ALWAYS_ALLOWED_BYTES + MOST_RATIO * (await stat(path)).size)
  // The parser would unpack once more what looks packed, and that would not be counted.
  const parser = new Parser({strict: true, brotli: false, zstd: false})
  let events: ArchiveEvent[] = []
  let failure: unknown
  let isOver = false
  // What follows is padding; the parser takes very long over much of it.
  parser.on('eof', () => (isOver = true))
  parser.on('error', error => (failure ??= error))
  parser.on('entry', entry => {
    budget.expect(entry.size)
    if (entry.type === 'File' || entry.type === 'OldFile') {
      events.push({kind: 'begin', name: entry.path.replace(/^\.\//u, ''), bytes: entry.size})
      entry.on('data', (chunk: Buffer) => events.push({kind: 'data', chunk}))
      entry.on('end', () => events.push({kind: 'end'}))
    } else entry.resume()
  })
  const taken = function* (): Generator<ArchiveEvent> {
    if (failure !== undefined) throw failure as Error
    const ready = events
    events = []
    yield* ready
  }
  let isFirst = true
  for await (const chunk of fileBytes(path, (await isGzip(path)) ? 'gzip' : 'none')) {
    if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b) throw new Error('it is packed twice')
    isFirst = false
    budget.spend(chunk.length)
    if (!isOver) parser.write(chunk)
    yield* taken()
  }
  parser.end()
  yield* taken()
}

/** Name, size and hash of every plain file in an archive. @throws as `readArchive` */
export async function listArchive(path: string): Promise<FileFacts[]> {
  const files: FileFacts[] = []
  let [name, bytes, hash] = ['', 0, growingSha256()]
  for await (const event of readArchive(path)) {
    if (event.kind === 'begin') [name, bytes, hash] = [event.name, 0, growingSha256()]
    else if (event.kind === 'data') {
      hash.update(event.chunk)
      bytes += event.chunk.byteLength
    } else files.push({name, bytes, sha256: hash.hex()})
  }
  return files
}

class Budget {
  #spent = 0

  constructor(
    private readonly path: string,
    private readonly most: number,
  ) {}

  /** Before it is read. */
  expect(bytes: number): void {
    if (this.#spent + bytes > this.most) throw this.#tooLarge()
  }

  spend(bytes: number): void {
    this.expect(bytes)
    this.#spent += bytes
  }

  #tooLarge(): Error {
    return badDataError('ARCHIVE_TOO_LARGE', message('unpacksTooLarge', {path: this.path, most: this.most}), [
      message('trustedSource'),
    ])
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(2), 0, 2, null)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

/** The bytes of a `.tar.gz` of files of one folder; they depend on names and contents alone. */
export async function* packArchive(folder: string, names: readonly string[]): AsyncGenerator<Buffer> {
  const {create} = await import('tar')
  const fixed = {cwd: folder, gzip: true, portable: true, mtime: new Date(0), onWriteEntry: withFixedMode}
  yield* create(fixed, [...names])
}

/** Packs files of a folder into a `.tar.gz` in the same folder. @throws Ep23Error DISK_FULL (75), NOT_WRITABLE (77) */
export async function packBeside(folder: string, names: readonly string[], archiveName: string): Promise<FileFacts> {
  const file = await createHashedFile(join(folder, archiveName))
  try {
    for await (const chunk of packArchive(folder, names)) await file.write(chunk)
    await file.end()
  } catch (error) {
    await file.abandon()
    throw error
  }
  return file.facts()
}

function withFixedMode({stat}: {stat?: {mode: number} | undefined}): void {
  if (stat) stat.mode = 0o100_644
}
