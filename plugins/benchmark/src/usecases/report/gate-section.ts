import {both, boundsText, html, type Markup, numberText} from '@ep23/report'

import type {RunResult} from '../../domain/run-result.js'
import {causeMessage, calibrationMessage} from '../../domain/messages/gate-messages.js'
import {remarkMessages} from '../../domain/messages/run-messages.js'
import type {GateResult} from '../../domain/verdict.js'
import {localized, word} from './report-frame.js'
import {badge} from './score-section.js'

export function gateSection(run: RunResult): Markup {
  const {gates} = run.assessment
  const rows = gates.map(gateRow)
  return html`<section>
    <h2>${both('Пороги', 'Gates')}</h2>
    ${
      gates.length === 0
        ? html`<p class="card none">
            ${both('Для этого судьи пороги не заданы.', 'There are no thresholds for this judge.')}
          </p>`
        : html`<div class="card scroll">
            <table class="gates">
              <thead>
                <tr>
                  <th>${both('Что', 'What')}</th>
                  <th>${both('Порог', 'Threshold')}</th>
                  <th>${both('Измерено', 'Measured')}</th>
                  <th></th>
                  <th class="reason">${both('Почему', 'Why')}</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
    ${remarkMessages(run).map(remark => html`<p class="note">${localized(remark)}</p>`)}
  </section>`
}

function gateRow(gate: GateResult): Markup {
  const {metric, statistic, direction, pass, warn, interval, verdict} = gate
  const sign = direction === 'at_least' ? '≥' : '≤'
  return html`<tr>
    <th>${word(metric)} <small>${word(statistic)}</small></th>
    <td>${sign} ${pass} <small>/ ${warn}</small></td>
    <td>
      ${numberText(interval.estimate)}
      <span class="ci">${boundsOf(gate)}</span>
    </td>
    <td>${badge(verdict)}</td>
    <td class="reason">
      ${localized(causeMessage(gate, gate.cause))}
      ${gate.calibration ? html`<br /><small class="calibration">${localized(calibrationMessage(gate.calibration))}</small>` : null}
    </td>
  </tr>`
}

/** A plain share has no interval. */
function boundsOf({interval, with_missing: worst}: GateResult): string | null {
  if (interval.method === 'exact') return null
  return worst === null ? boundsText(interval) : `${boundsText(interval)} (${boundsText(worst)})`
}
