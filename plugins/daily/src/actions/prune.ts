import {readdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {type CommandResult, hasCode, type Runtime} from '@ep23/sdk'

import {dailyFolder} from '../adapters/daily-folder.js'
import {dayAfter} from '../domain/calendar.js'
import {lastClosedDay} from '../usecases/close-days.js'
import {withDailyLock} from './open-daily.js'
import {message} from '../words/words.js'

export interface PruneFlags {
  replies: number
  runs: number
  'dry-run': boolean
}

/** `ep23 daily:prune --json`. */
export interface PruneReport {
  /** Days whose raw answers of the judge went. */
  replies: string[]
  /** Days whose posts, records and runs went. */
  runs: string[]
  bytes: number
  dry_run: boolean
}

/** What a judge said in its own words; of the anchors the board has all that counts. */
const REPLIES = ['run/replies.jsonl', 'anchors']

/** `ep23 daily:prune`: days older than wanted; board, baselines, anchors and messages always stay. */
export async function prune(runtime: Runtime, flags: PruneFlags): Promise<CommandResult<PruneReport>> {
  return withDailyLock(runtime, async () => {
    const days = join(dailyFolder(runtime.settings.datasetDir).path, 'days')
    const today = lastClosedDay(runtime.clock.now(), 'UTC')
    const olderThan =
      (age: number) =>
      (day: string): boolean =>
        day < dayAfter(today, -age)
    const all = (await readdir(days).catch(orNone)).filter(name => /^\d{4}-\d{2}-\d{2}$/u.test(name)).toSorted()
    const runs = all.filter(olderThan(flags.runs))
    const replies = all.filter(day => olderThan(flags.replies)(day) && !runs.includes(day))
    const paths = [
      ...runs.map(day => join(days, day)),
      ...replies.flatMap(day => REPLIES.map(name => join(days, day, name))),
    ]
    let bytes = 0
    for (const path of paths) {
      bytes += await sizeOf(path)
      if (!flags['dry-run']) await rm(path, {recursive: true, force: true})
    }
    const data = {replies, runs, bytes, dry_run: flags['dry-run']}
    const counts = {days: runs.length, replies: replies.length, bytes}
    const text = [message(flags['dry-run'] ? 'wouldPrune' : 'prunedDays', counts)]
    return {data, text}
  })
}

function orNone(error: unknown): string[] {
  if (hasCode(error, 'ENOENT')) return []
  throw error
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.size
  const sizes = await Promise.all((await readdir(path)).map(name => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
