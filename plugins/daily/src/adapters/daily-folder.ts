import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {
  badDataError,
  parseJson,
  readTextIfThere,
  type Shape,
  shapeProblem,
  writeFileAtomically,
  joined,
  type Message,
  type Text,
} from '@ep23/sdk'

import type {Baseline} from '../domain/baseline.js'
import {baselineProblem} from '../domain/baseline-problem.js'
import type {DayFiles} from '../domain/day-files.js'
import {message} from '../words/words.js'

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
      return text === undefined ? undefined : (parsed(text, file, baselineProblem) as Baseline)
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
    readPosts: async () => readRows(join(folder, 'posts.jsonl'), row => shapeProblem(row, POST_SHAPE)),
    readRecords: async () =>
      (await readRows(join(folder, 'digests.jsonl'), row => shapeProblem(row, RECORD_SHAPE))) ?? [],
    async write(name, rows) {
      await writeFileAtomically(
        join(folder, name),
        rows.map(row => `${canonicalLine(row)}\n`),
      )
    },
  }
}

/** @throws Ep23Error DAILY_BAD_FILE (65) naming the file and the line */
async function readRows<T>(path: string, problemOf: ProblemOf): Promise<T[] | undefined> {
  const rows = (await readTextIfThere(path))?.split('\n').filter(Boolean)
  return rows?.map((row, index) => parsed(row, message('lineOf', {path, line: index + 1}), problemOf) as T)
}

/** What is wrong with a value, as a clause. */
type ProblemOf = (value: unknown) => Message | undefined

function parsed(text: string, place: Text, problemOf: ProblemOf): unknown {
  const value = parseJson(text, {file: place, code: 'DAILY_BAD_FILE'})
  const problem = problemOf(value)
  if (problem === undefined) return value
  throw badDataError('DAILY_BAD_FILE', joined([place, problem], ': '), [message('bringBack')])
}

const texts = (...names: string[]): Shape => names.map(name => [name, 'text'])
const POST_SHAPE: Shape = [...texts('channel', 'post_id', 'published_at', 'text'), ['url', 'text|null']]
const RECORD_SHAPE: Shape = texts('sample_id', 'channel', 'summary_markdown')
