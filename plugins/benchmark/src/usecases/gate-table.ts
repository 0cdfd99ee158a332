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
        gateReason(each, language),
      ]),
    },
    ...gates.flatMap(each =>
      each.calibration
        ? [{text: `  ${gateName(each, language)}: ${wordsIn(calibrationMessage(each.calibration), language)}`}]
        : [],
    ),
  ]
}

/** `coverage mean`, «полнота, среднее». */
export function gateName({metric, statistic}: GateResult, language: Language): string {
  return [nameIn(metric, language), nameIn(statistic, language)].join(language === 'ru' ? ', ' : ' ')
}

/** Why a gate ended as it did; in English as the run has it. */
export function gateReason(gate: GateResult, language: Language): string {
  return wordsIn({ru: gateMessage(gate, gate.cause).ru, en: gate.reason}, language)
}
