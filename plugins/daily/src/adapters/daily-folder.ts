import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {parseJson, readTextIfThere, writeFileAtomically} from '@ep23/sdk'

import type {Baseline} from '../domain/baseline.js'
import type {DayFiles} from '../domain/day-files.js'

/** What `ep23 daily` keeps, under the dataset's folder. */
export interface DailyFolder {
  path: string
  lock: string
  board: string
  receipts: string
  /** The records that are judged anew every day. */
  anchors: string
  baseline(): Promise<Baseline | undefined>
  /** Puts a baseline in force, with its anchors; the ones before stay beside it under their days. */
  bless(baseline: Baseline, anchorLines: readonly string[]): Promise<void>
  day(day: string): DayFiles
}

export function dailyFolder(datasetDir: string): DailyFolder {
  const path = join(datasetDir, 'daily')
  const inFolder = (...names: string[]): string => join(path, ...names)
  return {
    path,
    lock: inFolder('daily.lock'),
    board: inFolder('daily.jsonl'),
    receipts: inFolder('notifications.jsonl'),
    anchors: inFolder('anchors.jsonl'),
    async baseline() {
      const file = inFolder('baseline.json')
      const text = await readTextIfThere(file)
      return text === undefined ? undefined : (parseJson(text, {file, code: 'DAILY_BAD_FILE'}) as Baseline)
    },
    async bless(baseline, anchorLines) {
      const text = canonicalLine(baseline)
      await writeFileAtomically(inFolder('baselines', `${baseline.from}_${baseline.to}.json`), text)
      await writeFileAtomically(inFolder('anchors.jsonl'), anchorLines.map(line => `${line}\n`).join(''))
      // Last: with it the anchors are in force.
      await writeFileAtomically(inFolder('baseline.json'), text)
    },
    day: day => dayFiles(inFolder('days', day)),
  }
}

function dayFiles(folder: string): DayFiles {
  return {
    records: join(folder, 'digests.jsonl'),
    run: join(folder, 'run'),
    anchorRun: join(folder, 'anchors'),
    readPosts: async () => readRows(join(folder, 'posts.jsonl')),
    readRecords: async () => (await readRows(join(folder, 'digests.jsonl'))) ?? [],
    async write(name, rows) {
      await writeFileAtomically(
        join(folder, name),
        rows.map(row => `${canonicalLine(row)}\n`),
      )
    },
  }
}

/** @throws Ep23Error DAILY_BAD_FILE (65) naming the file and the line */
async function readRows<T>(path: string): Promise<T[] | undefined> {
  const rows = (await readTextIfThere(path))?.split('\n').filter(Boolean)
  return rows?.map((row, index) => parseJson(row, {file: `${path}, line ${index + 1}`, code: 'DAILY_BAD_FILE'}) as T)
}
