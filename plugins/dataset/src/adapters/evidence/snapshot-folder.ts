import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError, writeFileAtomically, errorMessage} from '@ep23/sdk'

import {DEFAULT_ZONE, type SeedWindow} from '../../domain/day-window.js'
import {message} from '../../words/words.js'

const DAY = /^\d{4}-\d{2}-\d{2}$/u

/** `<datasetDir>/snapshots/YYYY-MM-DD`: the evidence of the runs of one day. */
function snapshotFolder(datasetDir: string, day: string): string {
  return join(datasetDir, 'snapshots', day)
}

export interface SnapshotFolder {
  folder: string
  /** Writes one evidence file, whole or not at all; objects as indented JSON. */
  write(name: string, content: string | object): Promise<void>
}

/** The folder of the day on which `now` lies (UTC); made when the first file is written. */
export function openSnapshot(datasetDir: string, now: Date): SnapshotFolder {
  const folder = snapshotFolder(datasetDir, now.toISOString().slice(0, 10))
  return {
    folder,
    async write(name, content) {
      await writeFileAtomically(
        join(folder, name),
        typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
      )
    },
  }
}

/** The window of the newest snapshot, or undefined when nothing was seeded yet. */
export async function lastSnapshotWindow(datasetDir: string): Promise<SeedWindow | undefined> {
  const days = await readdir(join(datasetDir, 'snapshots')).catch(() => [] as string[])
  const newest = days
    .filter(name => DAY.test(name))
    .sort()
    .at(-1)
  if (newest === undefined) return undefined
  const path = join(snapshotFolder(datasetDir, newest), 'channel_counts.json')
  try {
    const {window} = JSON.parse(await readFile(path, 'utf8')) as {window: SeedWindow}
    return window
  } catch (error) {
    throw badDataError(
      'DATASET_BAD_SNAPSHOT',
      message('snapshotUnreadable', {path, problem: errorMessage(error)}),
      [message('seedAgain')],
      error,
    )
  }
}

/** The zone of the last seed's days, or Moscow's when nothing was seeded yet. */
export async function lastSeededZone(datasetDir: string): Promise<string> {
  return (await lastSnapshotWindow(datasetDir))?.time_zone ?? DEFAULT_ZONE
}
