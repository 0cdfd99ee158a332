import {appendFile, readFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'

import {hasCode} from '@ep23/sdk'

import {RUNS_FOLDER} from '../../domain/run-folder.js'

/** Ids of runs, one a line, in the order in which they ended: clocks are set wrong, and one in 2030 must not be the latest until then. */
const ORDER_FILE = 'order'

/** Notes that the run of a folder ends now; a folder of its own (`--output`) stands in no order. */
export async function noteEnd(folder: string): Promise<void> {
  const runs = dirname(folder)
  // Short appends do not mix, whatever ends at the same time.
  if (basename(runs) === RUNS_FOLDER) await appendFile(join(runs, ORDER_FILE), `${basename(folder)}\n`)
}

/** Runs that somebody copied here come first, by name; then those that ended here, the last one last. */
export async function inOrder(runs: string, ids: readonly string[]): Promise<string[]> {
  const noted = await notedIds(join(runs, ORDER_FILE))
  const rank = new Map(noted.map((id, index) => [id, index]))
  return ids.toSorted((a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1) || (a < b ? -1 : 1))
}

async function notedIds(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return ''
    throw error
  })
  return text.split('\n').filter(id => id !== '')
}
