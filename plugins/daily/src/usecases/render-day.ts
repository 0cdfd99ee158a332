import {EXIT, type ExitCode, type Text} from '@ep23/sdk'

import {type BoardLine, type DailyState, measuredChannels} from '../domain/board-line.js'
import {message} from '../words/words.js'

/** `ep23 daily --json`. */
export interface DailyReport {
  day: string
  state: DailyState
  /** Days that were added to the board now. */
  added: string[]
  line: BoardLine
  /** What is sent when the state changes, in Russian. */
  message: readonly string[]
  folder: string
}

const EXITS: Readonly<Record<DailyState, ExitCode>> = {
  quiet: EXIT.ok,
  learning: EXIT.ok,
  watch: EXIT.gateWarned,
  alarm: EXIT.gateFailed,
  instrument: EXIT.undecided,
  unmeasured: EXIT.unmeasured,
  missing: EXIT.unmeasured,
}

/** The one place where a state becomes an exit code. */
export function exitOfState(state: DailyState): ExitCode {
  return EXITS[state]
}

/** A day as lines for a terminal. */
export function tellDay(line: BoardLine): Text[] {
  const {day, state, detector, findings} = line
  const unmeasured = Object.entries(line.channels).flatMap(([name, found]) =>
    'unmeasured' in found ? [message('scoreUnmeasured', {name, reason: found.unmeasured})] : [],
  )
  return [
    message('dayIs', {day, state: message(state), means: meansOf(line)}),
    ...unmeasured,
    ...(detector ? [message('evidence', {evidence: detector.evidence.toPrecision(3)})] : []),
    ...findings.map(({kind, channel, post, sentence}) => `  ${kind} ${channel} ${post}: ${sentence}`),
  ]
}

function meansOf(line: BoardLine): string {
  return Object.entries(meanScores(line))
    .map(([score, mean]) => `${score} ${mean.toFixed(3)}`)
    .join('  ')
}

/** Plain means over the measured channels, by score. */
export function meanScores(line: Pick<BoardLine, 'channels'>): Record<string, number> {
  const all = measuredChannels(line).flatMap(([, {scores}]) => Object.entries(scores))
  return Object.fromEntries(
    [...Map.groupBy(all, ([score]) => score)].map(([score, values]) => [
      score,
      values.reduce((sum, [, value]) => sum + value, 0) / values.length,
    ]),
  )
}
