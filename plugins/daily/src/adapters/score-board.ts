import {createHash} from 'node:crypto'
import {mkdir, open, truncate} from 'node:fs/promises'
import {dirname} from 'node:path'

import {badDataError, explainWriteError, readTextIfThere, type Message} from '@ep23/sdk'
import {canonicalLine} from '@ep23/plugin-exporters'

import {type BoardLine, boardLineProblem, type ScoreBoard} from '../domain/board-line.js'
import {message} from '../words/words.js'

const NOTHING = '0'.repeat(64)

/**
 * Reads the board. A last line that was not finished, as a killed process or a power cut leaves it, is no line; with `repair` it is
 * cut off, which only the holder of the lock may do.
 * @throws Ep23Error DAILY_BAD_BOARD (65) naming the first line that is not as it was written
 */
export async function openScoreBoard(path: string, {repair}: {repair: boolean}): Promise<ScoreBoard> {
  const text = (await readTextIfThere(path)) ?? ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (repair && whole.length < text.length) await truncate(path, Buffer.byteLength(whole))
  const rows = whole.split('\n').slice(0, -1)
  const lines = rows.map((row, i) => checkedLine(row, {path, number: i + 1, previous: hashOfRow(rows[i - 1])}))
  return {
    lines,
    async append(line) {
      const added = {...line, previous: hashOfRow(rows.at(-1))}
      const row = canonicalLine(added)
      await appendSynced(path, `${row}\n`)
      rows.push(row)
      lines.push(added)
      return added
    },
  }
}

function checkedLine(
  row: string,
  {path, number, previous}: {path: string; number: number; previous: string},
): BoardLine {
  const line = parse(row)
  const problem = line?.format === 1 ? problemOf(line, previous) : message('notBoardLine')
  if (line && problem === undefined) return line
  throw badDataError('DAILY_BAD_BOARD', message('boardLine', {path, number, problem: problem ?? ''}), [
    message('bringBackBoard'),
  ])
}

function problemOf(line: BoardLine, previous: string): Message | undefined {
  return line.previous === previous ? boardLineProblem(line) : message('lineBeforeChanged')
}

function parse(row: string): BoardLine | null | undefined {
  try {
    return JSON.parse(row) as BoardLine | null
  } catch {
    // Told by the caller, with the place.
    return undefined
  }
}

function hashOfRow(row: string | undefined): string {
  return row === undefined ? NOTHING : createHash('sha256').update(row).digest('hex')
}

/**
 * Adds one line whole, or fails: a disk that is full takes a part of it, and only what is written after that fails. The part has no line
 * feed, and is no line to whoever reads it.
 */
export async function appendSynced(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), {recursive: true})
    const file = await open(path, 'a')
    try {
      await file.appendFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explainWriteError(path, error)
  }
}
