import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {readTextIfThere, writeFileAtomically} from '@ep23/sdk'

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
      const text = await readTextIfThere(inFolder('baseline.json'))
      return text === undefined ? undefined : (JSON.parse(text) as Baseline)
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
    async readPosts() {
      const text = await readTextIfThere(join(folder, 'posts.jsonl'))
      return text === undefined
        ? undefined
        : text
            .split('\n')
            .filter(Boolean)
            .map(row => JSON.parse(row))
    },
    async readRecords() {
      const text = await readTextIfThere(join(folder, 'digests.jsonl'))
      return (text ?? '')
        .split('\n')
        .filter(Boolean)
        .map(row => JSON.parse(row))
    },
    async write(name, rows) {
      await writeFileAtomically(
        join(folder, name),
        rows.map(row => `${canonicalLine(row)}\n`),
      )
    },
  }
}
