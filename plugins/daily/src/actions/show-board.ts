import {type CommandResult, type Runtime, usageError} from '@ep23/sdk'

import {dailyFolder} from '../adapters/daily-folder.js'
import {openScoreBoard} from '../adapters/score-board.js'
import type {BoardLine} from '../domain/board-line.js'
import {tellDay} from '../usecases/render-day.js'
import {baselineInForce} from './open-daily.js'
import {message} from '../words/words.js'

/** `ep23 daily:show --json`. */
export interface ShowReport {
  baseline: {id: string; from: string; to: string} | null
  lines: readonly BoardLine[]
  folder: string
}

/** `ep23 daily:show`. */
export async function showBoard(
  {settings}: Runtime,
  {day, days}: {day?: string | undefined; days: number},
): Promise<CommandResult<ShowReport>> {
  const folder = dailyFolder(settings.datasetDir)
  const board = await openScoreBoard(folder.board, {repair: false})
  const lines = day === undefined ? board.lines.slice(-days) : board.lines.filter(line => line.day === day)
  if (lines.length === 0)
    throw usageError(
      day === undefined ? message('boardHasNoDay', {board: folder.board}) : message('boardWithoutDay', {day}),
      [message('judgeOne')],
    )
  const force = await baselineInForce(folder)
  const baseline = force ? {id: force.id, from: force.baseline.from, to: force.baseline.to} : null
  const head = baseline ? message('baselineInForce', baseline) : message('noBaseline')
  return {data: {baseline, lines, folder: folder.path}, text: [head, ...lines.flatMap(tellDay)]}
}
