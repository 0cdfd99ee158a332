import {both, html, type Markup} from '@ep23/report'

import type {ScoreFacts} from '../../domain/run-result.js'
import {
  tellRepeatPlan,
  tellVariancePart,
  tellVarianceShare,
  VARIANCE_PARTS,
} from '../../domain/telling/tell-variance.js'
import type {Told} from '../../domain/telling/told.js'
import {word} from './report-words.js'

/** Where the variance of a judgement comes from, and which repeat to add; null without repeats. */
export function varianceSection(scores: readonly (readonly [string, ScoreFacts])[]): Markup | null {
  const known = scores.flatMap(([name, facts]) => {
    const {variance} = facts
    return variance ? [{name, variance}] : []
  })
  if (known.length === 0) return null
  return html`<h3>${both('Откуда разброс оценок', 'Where the variance comes from')}</h3>
    <div class="card scroll">
      <table>
        <thead>
          <tr>
            <th>${both('Оценка', 'Score')}</th>
            ${VARIANCE_PARTS.map(part => html`<th>${told(tellVariancePart(part))}</th>`)}
            <th>${both('Что повторить', 'What to repeat')}</th>
          </tr>
        </thead>
        <tbody>
          ${known.map(
            ({name, variance}) =>
              html`<tr>
                <th>${word(name)}</th>
                ${VARIANCE_PARTS.map(part => html`<td>${told(tellVarianceShare(part, variance))}</td>`)}
                <td>${told(tellRepeatPlan(variance))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

function told({ru, en}: Told): Markup {
  return both(ru, en)
}
