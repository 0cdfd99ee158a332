import type {Language, TextBlock} from '@ep23/sdk'

import {calibrationMessage, gateMessage} from '../domain/messages/gate-messages.js'
import {wordsIn} from '../domain/messages/localized-text.js'
import {nameIn} from '../domain/messages/names.js'
import {verdictIn} from './verdict-in.js'
import type {GateResult} from '../domain/verdict.js'

const TITLES = {en: ['verdict', 'gate', 'why'], ru: ['итог', 'порог', 'почему']} as const

/** The gates of a run for a terminal: what each says, and why; below how far people agree with the judge. */
export function renderGates(gates: readonly GateResult[], language: Language): TextBlock[] {
  const [verdict, gate, why] = TITLES[language]
  return [
    {
      columns: [{title: verdict, kind: 'name'}, {title: gate, kind: 'name'}, {title: why}],
      rows: gates.map(each => [
        verdictIn(each.verdict, language),
        gateName(each, language),
        wordsIn(gateMessage(each, each.cause), language),
      ]),
    },
    ...gates.flatMap(each =>
      each.calibration
        ? [{text: `  ${gateName(each, language)}: ${wordsIn(calibrationMessage(each.calibration), language)}`}]
        : [],
    ),
  ]
}

function gateName({metric, statistic}: GateResult, language: Language): string {
  return [nameIn(metric, language), nameIn(statistic, language)].join(language === 'ru' ? ', ' : ' ')
}
