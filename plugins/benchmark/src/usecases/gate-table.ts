import {verdictText, type TextBlock} from '@ep23/sdk'

import {calibrationMessage} from '../domain/messages/gate-messages.js'
import type {GateResult} from '../domain/verdict.js'

const COLUMNS = [{title: 'verdict', kind: 'name'}, {title: 'gate', kind: 'name'}, {title: 'why'}] as const

/** The gates of a run for a terminal: what each says, and why; below how far people agree with the judge. */
export function renderGates(gates: readonly GateResult[]): TextBlock[] {
  return [
    {
      columns: COLUMNS,
      rows: gates.map(({verdict, metric, statistic, reason}) => [
        verdictText(verdict),
        `${metric} ${statistic}`,
        reason,
      ]),
    },
    ...gates.flatMap(({metric, statistic, calibration}) =>
      calibration ? [{text: `  ${metric} ${statistic}: ${calibrationMessage(calibration).en}`}] : [],
    ),
  ]
}
