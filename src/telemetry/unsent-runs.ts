import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {documentText, parseDocumentText, removeAbandoned, temporaryName, type Settings, type Store} from '@ep23/sdk'

import {writeRun, type RunTelemetry} from './run-telemetry.js'

// A store that is gone for good must not fill the disk.
const MOST = 1000
const FOLDER = 'unsent'

/** Where runs wait whose store did not take them in time; each store has a folder of its own. */
export function unsentFolder({logDir, store}: Pick<Settings, 'logDir' | 'store'>): string {
  const name = createHash('sha256').update(store).digest('hex').slice(0, 12)
  return join(logDir, FOLDER, name)
}

/** Whether a run ever had to wait here; asked before the folder's name is computed, which takes longer. */
export function hasUnsent({logDir}: Pick<Settings, 'logDir'>): boolean {
  return existsSync(join(logDir, FOLDER))
}

/**
 * Keeps a run in a file, for a later process to store. It may have been stored in part, or be stored yet.
 * @returns false when there are too many already
 */
export function keepUnsent(folder: string, telemetry: RunTelemetry): boolean {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  if (waiting(folder).length >= MOST) return false
  const {run_id} = telemetry.run
  const file = join(folder, `${run_id}.json`)
  const temporary = temporaryName(file)
  try {
    writeFileSync(temporary, documentText(telemetry, `run ${run_id}`), {mode: 0o600, flush: true})
    renameSync(temporary, file)
  } catch (error) {
    // On a full disk each command would leave one more.
    rmSync(temporary, {force: true})
    throw error
  }
  return true
}

/**
 * Stores runs that wait, at most `limit` of them. Several processes may do so at once, and each may be killed at any
 * moment: to store a run again changes nothing (`foldRuns` remembers those it has folded).
 * @returns how many were stored
 */
export async function sendUnsent(folder: string, store: Store, limit = MOST): Promise<number> {
  await removeAbandoned(folder)
  let sent = 0
  for (const file of waiting(folder).slice(0, limit)) {
    const telemetry = read(join(folder, file))
    if (!telemetry) continue
    await writeRun(store, telemetry)
    rmSync(join(folder, file), {force: true})
    sent += 1
  }
  return sent
}

function waiting(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(file => file.endsWith('.json'))
      .toSorted()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

// Undefined when another process was faster, or when the file was cut off: set aside, it keeps none of those after it from the store.
function read(path: string): RunTelemetry | undefined {
  try {
    return parseDocumentText(readFileSync(path, 'utf8')) as RunTelemetry
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (!(error instanceof SyntaxError)) throw error
    renameSync(path, `${path}.broken`)
    return undefined
  }
}
