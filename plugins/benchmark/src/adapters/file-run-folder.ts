import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'
import {mkdir, rm, rmdir} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {readLines} from '@ep23/plugin-exporters'
import {Ep23Error, EXIT, readTextIfThere, writeFileAtomically} from '@ep23/sdk'
import {withFileLock} from '@ep23/sdk/file-lock'

import {RUN_FILES, type FileFacts, type RunFolder, type RunPlan} from '../domain/run-folder.js'
import {message} from '../words/words.js'
import {FileJournal} from './file-journal.js'
import {noteEnd} from './runs-directory.js'

/** A run's folder on the disk; work that writes nothing leaves none. */
export function fileRunFolder(path: string): RunFolder {
  return {
    path,
    exclusively: work => exclusively(path, work),
    plan: () => readPlan(join(path, RUN_FILES.plan)),
    write: (name, content) => writeHashed(path, name, content),
    holds: async name => (statSync(join(path, name), {throwIfNoEntry: false})?.size ?? 0) > 0,
    lines: name => readLines(join(path, name)),
    openJournal: name => FileJournal.open(join(path, name)),
    watch: (name, onText) => watchFileText(join(path, name), onText),
    remove: name => rm(join(path, name), {force: true}),
    end: () => noteEnd(path),
  }
}

/** The lock ends with its process; its file goes with the work, because then nobody needs it any more. */
async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const made = await mkdir(folder, {recursive: true})
  const path = join(folder, '.run.lock')
  const locked = (): Promise<T> => work().finally(() => rm(path, {force: true}).catch(() => undefined))
  try {
    return await withFileLock({path, busy: () => busyError(folder)}, locked)
  } finally {
    if (made !== undefined) await removeEmpty(folder, made)
  }
}

/** Folders that were made for work which then wrote nothing: from the inner one to the first that was made. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  try {
    await rmdir(folder)
    if (folder !== first) await removeEmpty(dirname(folder), first)
  } catch {
    // Something stands in it, or it is gone.
  }
}

function busyError(folder: string): Ep23Error {
  return new Ep23Error(message('runBusy', {folder}), {
    code: 'BENCHMARK_RUN_BUSY',
    exit: EXIT.tryAgain,
    suggestions: [message('waitForRun'), message('beginAnotherRun')],
  })
}

async function readPlan(file: string): Promise<RunPlan | undefined> {
  const text = await readTextIfThere(file)
  return text === undefined ? undefined : (JSON.parse(text) as RunPlan)
}

async function writeHashed(
  folder: string,
  name: string,
  content: string | AsyncIterable<string | Uint8Array>,
): Promise<FileFacts> {
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const block of typeof content === 'string' ? [Buffer.from(content)] : oneAhead(inBlocks(content))) {
      hash.update(block)
      yield block
    }
  }
  const bytes = await writeFileAtomically(join(folder, name), hashed())
  return {name, bytes, sha256: hash.digest('hex')}
}

const BLOCK_BYTES = 256 * 1024

/**
 * Lines are short, and hashing and writing cost by the call. Two blocks take turns, so that one is filled while the other is
 * written; a block holds until the one after the next is asked for.
 */
async function* inBlocks(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let [block, other] = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)]
  let end = 0
  for await (const piece of pieces) {
    const size = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
    if (end + size > BLOCK_BYTES && end > 0) {
      yield block.subarray(0, end)
      ;[block, other, end] = [other, block, 0]
    }
    if (size > BLOCK_BYTES) {
      yield Buffer.from(piece)
      continue
    }
    if (typeof piece === 'string') block.write(piece, end)
    else block.set(piece, end)
    end += size
  }
  yield block.subarray(0, end)
}

/** Asks for the next item while the last one is in use. */
async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let next = items.next()
    for (let item = await next; !item.done; item = await next) {
      next = items.next()
      // Whoever stops here will never await it; an error is told when it is asked for.
      next.catch(() => undefined)
      yield item.value
    }
  } finally {
    await items.return(undefined)
  }
}

const LOOK_EVERY_MS = 500

/**
 * Calls back with the text of a small file whenever it was written to. Asks for its time of change twice a second, which works on
 * every file system and costs nothing beside a run; a file that is there from the beginning counts as written to, an empty one
 * is still being written. @returns what ends it
 */
function watchFileText(path: string, onText: (text: string) => void): () => void {
  let known: bigint | undefined
  const look = (): void => {
    const now = statSync(path, {bigint: true, throwIfNoEntry: false})?.mtimeNs
    if (now === known) return
    known = now
    const text = now === undefined ? '' : textOf(path)
    if (text.trim() !== '') onText(text)
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Removed again before it was read: nothing is asked for.
    return ''
  }
}
