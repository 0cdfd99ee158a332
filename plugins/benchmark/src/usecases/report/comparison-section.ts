import type {Comparison, MetricComparison} from '../../domain/comparison.js'
import {intervalChart} from './charts.js'
import {both, html, type Markup} from './markup.js'
import {boundsText, numberText, probabilityText, signedText} from '../../domain/telling/number-text.js'
import {word} from './report-words.js'
import {badge} from './score-section.js'

/** What changed against another run or a baseline. */
export function comparisonSection({before, by_origin, verdict, notes, pairing}: Comparison): Markup {
  return html`<section id="comparison">
    <h2>${both('Сравнение с ', 'Compared with ')}${before.name} ${badge(verdict)}</h2>
    <p class="sub">
      ${before.run_id} · ${before.finished_at.slice(0, 16).replace('T', ' ')} UTC · ${both('пары', 'pairs')}: ${pairing}
    </p>
    ${Object.entries(by_origin).map(
      ([origin, {aligned, metrics}]) =>
        html`<h3>${word(origin)} <small>${aligned} ${both('пар', 'pairs')}</small></h3>
          <div class="card scores">
            ${metrics.map(changeRow)}
            <p class="legend">
              <i class="narrow"></i>${both('разность, 95 %', 'difference, 95 %')}
              <i class="wide"></i>${both('по каналам', 'by channel')} <i class="zero"></i>${both('ноль', 'zero')}
            </p>
          </div>`,
    )}${notes.map(note => html`<p class="note">${note}</p>`)}
  </section>`
}

function changeRow(change: MetricComparison): Markup {
  const {metric, difference, clustered_difference: clustered, test, flips, verdict} = change
  const reach =
    Math.max(0.01, ...[difference, clustered].flatMap(facts => [facts?.low ?? 0, facts?.high ?? 0]).map(Math.abs)) * 1.1
  return html`<div class="score">
    <div class="name">${word(metric)}${badge(verdict)}</div>
    <div class="plot">
      ${intervalChart({interval: difference, wider: clustered, pass: 0, range: [-reach, reach], title: metric})}
    </div>
    <div class="value">
      <b>${signedText(difference.estimate)}</b> <span class="ci">${boundsText(difference, signedText)}</span>
    </div>
    <div class="more">
      ${numberText(change.mean_before)} →
      ${numberText(change.mean_after)}${test ? ` · p ${probabilityText(test.p_holm)} (Holm)` : ''} ·
      ${both('находит от', 'finds from')}
      ${numberText(change.minimum_detectable_effect)}${change.dropped > 0 ? html` · ${both('отброшено', 'dropped')} ${change.dropped}` : null}${flips && flips.worsened.length + flips.improved.length > 0 ? html` · ${both('перестали проходить', 'no longer pass')} ${flips.worsened.length}, ${both('стали проходить', 'pass now')} ${flips.improved.length}` : null}
    </div>
  </div>`
}
