import {canonicalLine} from '@ep23/plugin-exporters'
import {type CommandResult, type Runtime, usageError, verbatim, numbersMessage} from '@ep23/sdk'

import {dailyFolder} from '../adapters/daily-folder.js'
import {openScoreBoard} from '../adapters/score-board.js'
import type {BlessFlags} from '../flags.js'
import {makeBaseline} from '../domain/baseline.js'
import {chooseAnchors, type DigestRow} from '../usecases/choose-anchors.js'
import {baselineInForce, withDailyLock} from './open-daily.js'
import {message} from '../words/words.js'

/** `ep23 daily:bless --json`. */
export interface BlessReport {
  id: string
  from: string
  to: string
  days: number
  judge: string
  correlation: number
  scores: {score: string; standard_deviation: number; slope: number}[]
  anchors: string[]
  folder: string
}

/**
 * `ep23 daily:bless`.
 * @throws Ep23Error USAGE (64) when there is no day to bless or the last one wanted is not judged yet, and those of `makeBaseline`
 */
export async function bless(runtime: Runtime, flags: BlessFlags): Promise<CommandResult<BlessReport>> {
  return withDailyLock(runtime, async () => {
    const folder = dailyFolder(runtime.settings.datasetDir)
    const {lines} = await openScoreBoard(folder.board, {repair: true})
    const [first, last] = [lines[0], lines.at(-1)]
    if (first === undefined || last === undefined)
      throw usageError(message('boardEmpty'), [verbatim('ep23 daily --day YYYY-MM-DD')])
    const [from, to] = [flags.from ?? first.day, flags.until ?? last.day]
    if (to > last.day) throw usageError(message('untilBeyond', {until: to, last: last.day}))
    const blessed = lines.filter(({day}) => day >= from && day <= to)
    const anchors = chooseAnchors(blessed, await recordsOf(blessed.map(({day}) => day)))
    const baseline = makeBaseline(lines, {
      ...{from, to, adjusted: flags.adjust, daysBetweenAlarms: Math.round(365 / flags['alarms-per-year'])},
      anchors: anchors.map(({sample_id, scores}) => ({sample_id, scores})),
    })
    await folder.bless(
      baseline,
      anchors.map(({record}) => canonicalLine(record)),
    )
    const {id = ''} = (await baselineInForce(folder)) ?? {}
    return report({...baseline, id, folder: folder.path, days: blessed.length})

    async function recordsOf(days: readonly string[]): Promise<Map<string, DigestRow[]>> {
      const found = new Map<string, DigestRow[]>()
      for (const day of days) found.set(day, await folder.day(day).readRecords())
      return found
    }
  })
}

function report({
  scores,
  anchors,
  judge,
  ...rest
}: ReturnType<typeof makeBaseline> & {id: string; folder: string; days: number}): CommandResult<BlessReport> {
  const {id, from, to, days, correlation, folder} = rest
  const data = {
    ...{id, from, to, days, judge: judge.signature, correlation, folder},
    scores: Object.entries(scores).map(([score, {standard_deviation, adjustment}]) => ({
      ...{score, standard_deviation, slope: adjustment.slope},
    })),
    anchors: anchors.map(({sample_id}) => sample_id),
  }
  const text = [
    message('baselineIs', {id, days, from, to, judge: judge.signature}),
    ...data.scores.map(({score, standard_deviation: sd, slope}) =>
      message('deviation', {
        score: score.padEnd(18),
        sd: numbersMessage(sd.toFixed(4)),
        slope: numbersMessage((slope * Math.LN2).toFixed(3)),
      }),
    ),
    message('correlation', {correlation: numbersMessage(correlation.toFixed(2)), anchors: anchors.length}),
  ]
  return {data, text}
}
