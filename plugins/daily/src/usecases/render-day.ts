import {englishNameOf} from '@ep23/plugin-benchmark'
import {recordedGap} from '@ep23/plugin-dataset'
import {EXIT, joined, numbersMessage, type ExitCode, type Message, type Text} from '@ep23/sdk'

import {
  type BoardLine,
  type DailyState,
  FEWEST_CHANNELS,
  isMeasuredDay,
  meanScores,
  measuredChannels,
} from '../domain/board-line.js'
import {message, recorded} from '../words/words.js'

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
    'unmeasured' in found ? [message('scoreUnmeasured', {name, reason: reasonOf(found.unmeasured)})] : [],
  )
  return [
    message('dayIs', {day, state: message(state), means: meansOf(line)}),
    ...unmeasured,
    ...tooFewChannels(line),
    ...(detector ? [message('evidence', {evidence: numbersMessage(detector.evidence.toPrecision(3))})] : []),
    ...findings.map(({kind, channel, post, sentence}) => `  ${kind} ${channel} ${post}: ${sentence}`),
  ]
}

/** Scores beside "unmeasured" need a reason. */
function tooFewChannels(line: BoardLine): Message[] {
  const {length} = measuredChannels(line)
  return length === 0 || isMeasuredDay(line)
    ? []
    : [message('tooFewChannels', {channels: length, fewest: FEWEST_CHANNELS})]
}

/** The board keeps reasons in English. */
function reasonOf(kept: string): Text {
  return recorded(kept, ['judgeGaveNoScore', 'teamStoredNone']) ?? recordedGap(kept) ?? kept
}

function meansOf(line: BoardLine): Message {
  const means = Object.entries(meanScores([line]))
  return joined(
    means.map(([score, mean]) => joined([englishNameOf(score), numbersMessage(mean.toFixed(3))], ' ')),
    '  ',
  )
}
