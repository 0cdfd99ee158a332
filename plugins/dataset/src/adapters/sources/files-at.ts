import {type Stats, createReadStream, type ReadStream} from 'node:fs'
import {access, constants, readdir, stat, open, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {pipeline, type Readable} from 'node:stream'
import {createGunzip} from 'node:zlib'

import {Ep23Error, EXIT, usageError} from '@ep23/sdk'

import {FileProblem} from './formats/problems.js'
import {message as say} from '../../words/words.js'

/** The file itself, or the files of a folder by name; what begins with a dot and what is in subfolders stays out. */
export async function filesAt(path: string): Promise<string[]> {
  const stats = await readableStats(path)
  if (stats.isFile()) return [path]
  if (!stats.isDirectory()) throw usageError(say('neitherFileNorFolder', {path}), [say('writeToFile')])
  const entries = await readdir(path, {withFileTypes: true})
  const names = entries.filter(entry => !entry.isDirectory() && !entry.name.startsWith('.')).map(entry => entry.name)
  const files = names.sort().map(name => join(path, name))
  for (const file of files) await readableStats(file)
  return files
}

/** The text of one file. @throws what `filesAt` throws */
export async function readText(path: string): Promise<string> {
  await filesAt(path)
  return readFile(path, 'utf8')
}

async function readableStats(path: string): Promise<Stats> {
  try {
    await access(path, constants.R_OK)
    return await stat(path)
  } catch (error) {
    throw accessError(path, error)
  }
}

function accessError(path: string, cause: unknown): unknown {
  const {code} = cause as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return usageError(say('pathMissing', {path}), [say('checkPath')])
  if (code === 'EACCES' || code === 'EPERM')
    return new Ep23Error(say('mayNotBeRead', {path}), {
      code: 'SOURCE_FORBIDDEN',
      exit: EXIT.notPermitted,
      suggestions: [say('giveRight', {path})],
      cause,
    })
  return cause
}

// Few reads, but small pieces: the text of a piece must fit into the young generation of the heap (a string above 128 kB does
// not), where decoding and parsing take half the time.
const READ = 256 * 1024
const LEAST = 4 * 1024
const PIECE = 64 * 1024

/**
 * The bytes of a file in pieces, unpacked when it is gzip by its first two bytes. The file is closed when the iteration
 * ends, in whatever way. `signal` is looked at before each piece and ends the iteration with its reason.
 * @throws FileProblem when gzip data are damaged or cut short.
 */
export async function* openBytes(path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const isPacked = await isGzip(path)
  const file = createReadStream(path, {highWaterMark: await readSize(path)})
  const chunks = isPacked ? unpacked(file) : file
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted()
      yield* piecesOf(chunk as Buffer)
    }
  } catch (error) {
    throw gzipProblem(error) ?? error
  }
}

/** What is asked for is allocated, however small the file is: a folder of small ones would fill the heap with empty space. */
async function readSize(path: string): Promise<number> {
  const {size} = await stat(path)
  // Pipes and the kernel's files have no size.
  return size === 0 ? READ : Math.min(READ, Math.max(size, LEAST))
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

/** True when the file begins as every gzip file does (RFC 1952, ID1 and ID2), whatever its name. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

function unpacked(file: ReadStream): Readable {
  // The pipeline destroys both streams when either ends; an error comes out of the iteration over the last one.
  return pipeline(file, createGunzip({chunkSize: READ}), () => undefined)
}

function gzipProblem(error: unknown): FileProblem | undefined {
  const {code, message} = error as NodeJS.ErrnoException
  return typeof code === 'string' && code.startsWith('Z_')
    ? new FileProblem(say('damagedGzip', {problem: message}))
    : undefined
}
