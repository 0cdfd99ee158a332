import {randomBytes} from 'node:crypto'
import {mkdir, open, readdir, rename, rm, rmdir} from 'node:fs/promises'
import {hostname} from 'node:os'
import {dirname, join} from 'node:path'

import {explainWriteError, hasCode, syncFolder} from '@ep23/sdk'

import {isVoucher} from '../domain/file-names.js'
import type {StagedSet, Staging} from '../domain/ports.js'

const BUSY_ATTEMPTS = 50

/** Names the files in place that a set about to replace them makes obsolete. */
export type FindObsolete = (places: {ready: string; folder: string; manifest: string}) => Promise<readonly string[]>

/**
 * Begins a set of files that appear together or not at all. They are written into a hidden folder; renaming it to
 * `.<label>.ready` is the one moment that counts: from then on whoever comes next finishes the move.
 */
export async function openStaging(set: StagedSet, obsolete: FindObsolete): Promise<Staging> {
  const name = `.${set.label}.${safeHost()}-${process.pid}-${randomBytes(4).toString('hex')}.partial`
  const folder = join(set.folder, name)
  let firstMade: string | undefined
  try {
    firstMade = await mkdir(set.folder, {recursive: true})
    await finishPublication(set, obsolete)
    await removeAbandoned(set)
    await mkdir(folder)
  } catch (error) {
    throw explainWriteError(set.folder, error)
  }
  return {
    folder,
    publish: () => publish(set, folder, obsolete),
    async discard() {
      await rm(folder, {recursive: true, force: true})
      if (firstMade !== undefined) await removeEmpty(set.folder, firstMade)
    },
  }
}

async function publish(set: StagedSet, staged: string, obsolete: FindObsolete): Promise<void> {
  await syncFiles(staged)
  for (let attempt = 1; !(await claim(staged, readyFolder(set))); attempt += 1) {
    if (attempt > BUSY_ATTEMPTS) throw new Error(`${readyFolder(set)} cannot be moved out of the way`)
    await finishPublication(set, obsolete)
  }
  await finishPublication(set, obsolete)
}

// Fails while another process's set stands there: that one is helped into place first.
async function claim(staged: string, ready: string): Promise<boolean> {
  try {
    await rename(staged, ready)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST') || hasCode(error, 'EPERM')) return false
    throw error
  }
}

/**
 * Completes a publication that was cut short after its decisive rename; does nothing when there is none. Several
 * processes may do it at once: a file that is gone was moved by another.
 */
async function finishPublication(set: StagedSet, obsolete: FindObsolete): Promise<void> {
  const ready = readyFolder(set)
  const names = await readdir(ready).catch(() => [] as string[])
  const move = (name: string): Promise<void> => moveIfThere(join(ready, name), join(set.folder, name))
  for (const name of names.filter(name => !isVoucher(name))) await move(name)
  for (const manifest of names.filter(isVoucher)) {
    for (const name of await obsolete({ready, folder: set.folder, manifest}))
      await rm(join(set.folder, name), {force: true})
    await move(manifest)
  }
  if (names.length > 0) await syncFolder(set.folder)
  await rmdir(ready).catch(() => undefined)
}

/** Completes whatever publications a kill has cut short in a folder. */
export async function finishPublications(folder: string, obsolete: FindObsolete): Promise<void> {
  for (const name of await readdir(folder)) {
    const label = /^\.(.+)\.ready$/u.exec(name)?.[1]
    if (label !== undefined) await finishPublication({folder, label}, obsolete)
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

// Folders that were made for nothing go again, from the inside out, as long as they are empty.
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  )
  if (isGone && folder !== outermost) await removeEmpty(dirname(folder), outermost)
}

function readyFolder({folder, label}: StagedSet): string {
  return join(folder, `.${label}.ready`)
}

// What killed processes of this machine left behind. Another machine's may still be at work.
async function removeAbandoned({folder, label}: StagedSet): Promise<void> {
  const own = new RegExp(`^\\.${escapeRegExp(label)}\\.${escapeRegExp(safeHost())}-(\\d+)-[0-9a-f]{8}\\.partial$`, 'u')
  for (const name of await readdir(folder)) {
    const pid = own.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), {recursive: true, force: true})
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

function safeHost(): string {
  return hostname().replaceAll(/[^a-z0-9]/giu, '_') || 'host'
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`)
}

async function syncFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = await open(join(folder, name), 'r+')
    await file.sync().finally(() => file.close())
  }
  await syncFolder(folder)
}
