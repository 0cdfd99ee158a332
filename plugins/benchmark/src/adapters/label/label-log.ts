import {Ep23Error, EXIT} from '@ep23/sdk'

import {message} from '../../words/words.js'

/** Appends a rater's lines. */
export interface LabelLog {
  /**
   * Resolves when the line is on the disk.
   * @throws Ep23Error BENCHMARK_LABELLED_ELSEWHERE (75) when there are lines by now that the session has not read
   */
  append(event: object): Promise<void>
  close(): Promise<void>
}

/** Whose lines a session writes. */
export interface LabelWriter {
  rater: string
  /** How many lines the session has read: its own come after them. */
  lines: number
}

/** What a session asks next rests on all lines of its rater: one that does not know them all would label twice, and undo what is not its own. */
export function labelledElsewhere(rater: string): Ep23Error {
  return new Ep23Error(message('labelledElsewhere', {rater}), {
    code: 'BENCHMARK_LABELLED_ELSEWHERE',
    exit: EXIT.tryAgain,
    suggestions: [message('openAgain')],
  })
}
