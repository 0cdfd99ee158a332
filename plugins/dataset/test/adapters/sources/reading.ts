// What the tests of the readers share: reading from bytes in any split, and a folder that goes away.
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {ByteWindow} from '#src/adapters/sources/byte-window.js'
import {FileProblem} from '#src/adapters/sources/formats/problems.js'
import {FileReading} from '#src/adapters/sources/formats/map-records.js'
import {formatNamed} from '#src/adapters/sources/formats/source-formats.js'
import type {InvalidRecord} from '#src/domain/file-record.js'
import {type SourcePost, emptyTally, type SourceTally} from '#src/domain/posts.js'
import {ZoneOffsets} from '#src/domain/zone-offsets.js'

const DATA = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url))

/** Path of a file of the real test data, which stand beside the repository. */
export function dataPath(...parts: string[]): string {
  return join(DATA, ...parts)
}

/** A suite on the real test data; skipped, visibly, where they are not. */
export const describeOnData = existsSync(DATA) ? describe : describe.skip

export interface Outcome {
  posts: SourcePost[]
  invalid: InvalidRecord[]
  tally: SourceTally
  /** Why the file could not be read to its end. */
  problem?: FileProblem
}

/** Reads bytes as one file of a format, in the given pieces, collecting what is invalid. */
export async function readPieces(format: string, pieces: Uint8Array[], zone?: string): Promise<Outcome> {
  const outcome: Outcome = {posts: [], invalid: [], tally: emptyTally()}
  const reading = new FileReading('file', outcome.tally, invalid => outcome.invalid.push(invalid))
  const reopen = (): AsyncGenerator<Uint8Array> => stream(pieces)
  try {
    const window = await ByteWindow.open(reopen())
    const calendar = zone === undefined ? undefined : new ZoneOffsets(zone)
    const input = {window, reading, reopen, zones: {calendar}}
    for await (const posts of formatNamed(format).read(input)) outcome.posts.push(...posts)
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    outcome.problem = error
  }
  return outcome
}

/** The same in one piece. */
export async function readText(format: string, text: string | Uint8Array, zone?: string): Promise<Outcome> {
  return await readPieces(format, [Buffer.from(text)], zone)
}

/** Cuts bytes at the given places, in any order and with repeats. */
export function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

export async function all(reading: AsyncIterable<SourcePost[]>): Promise<SourcePost[]> {
  const posts: SourcePost[] = []
  for await (const batch of reading) posts.push(...batch)
  return posts
}

/** What a promise is rejected with; undefined when it is not. */
export async function rejection(
  promise: Promise<unknown>,
): Promise<(Error & {code?: string; exit?: number}) | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** A folder with these files, for the length of one suite. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ep23-sources-'))

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name)
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, content)
    return path
  }

  remove(): void {
    rmSync(this.path, {recursive: true, force: true})
  }
}

async function* stream(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
