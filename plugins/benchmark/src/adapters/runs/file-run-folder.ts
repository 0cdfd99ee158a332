import {createHash} from 'node:crypto'
import {readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'

import {writeFileAtomically} from '@ep23/sdk'

import {RUN_FILES} from '../../domain/run-files.js'
import type {FileFacts, RunFolder, RunPlan} from '../../domain/run-folder.js'
import {FileJournal} from './file-journal.js'
import {readLines} from './line-reader.js'
import {watchFileText} from './watch-file.js'

/** A run's folder on the disk. Nothing is made until something is written. */
export function fileRunFolder(path: string): RunFolder {
  return {
    path,
    plan: () => readPlan(join(path, RUN_FILES.plan)),
    write: (name, content) => writeHashed(path, name, content),
    lines: name => readLines(join(path, name)),
    openJournal: name => FileJournal.open(join(path, name)),
    watch: (name, onText) => watchFileText(join(path, name), onText),
    remove: name => rm(join(path, name), {force: true}),
  }
}

async function readPlan(file: string): Promise<RunPlan | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RunPlan
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function writeHashed(folder: string, name: string, content: string | AsyncIterable<string>): Promise<FileFacts> {
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<string> {
    for await (const block of typeof content === 'string' ? [content] : inBlocks(content)) {
      hash.update(block)
      yield block
    }
  }
  const bytes = await writeFileAtomically(join(folder, name), hashed())
  return {name, bytes, sha256: hash.digest('hex')}
}

const BLOCK_CHARACTERS = 64 * 1024

/** Lines are short and writing costs by the call. */
async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let block = ''
  for await (const piece of pieces) {
    block += piece
    if (block.length < BLOCK_CHARACTERS) continue
    yield block
    block = ''
  }
  yield block
}
