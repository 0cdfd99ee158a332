import type {RunResult} from '../../domain/run-result.js'
import type {GateResult} from '../../domain/verdict.js'
import {both, html, type Markup} from './markup.js'
import {boundsText, numberText} from '../../domain/telling/number-text.js'
import {word} from './report-words.js'
import {badge} from './score-section.js'

export function gateSection({assessment}: RunResult): Markup {
  const {gates, notes} = assessment
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
    ${notes.map(note => html`<p class="note">${note}</p>`)}
  </section>`
}

function gateRow(gate: GateResult): Markup {
  const {metric, statistic, direction, pass, warn, interval, verdict, reason, more_samples: more} = gate
  const sign = direction === 'at_least' ? '≥' : '≤'
  return html`<tr>
    <th>${word(metric)} <small>${word(statistic)}</small></th>
    <td>${sign} ${pass} <small>/ ${warn}</small></td>
    <td>${numberText(interval.estimate)} <span class="ci">${boundsText(interval)}</span></td>
    <td>${badge(verdict)}</td>
    <td class="reason">
      ${reason}${more ? html` <small>+${more} ${both('образцов решили бы', 'samples would decide')}</small>` : null}
    </td>
  </tr>`
}
