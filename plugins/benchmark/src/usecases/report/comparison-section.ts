import {russianCount, ownField} from '@ep23/sdk'
import {both, boundsText, html, intervalChart, type Markup, numberText, probabilityText, signedText} from '@ep23/report'

import type {Comparison, DecidedBy, FlipFacts, MetricComparison} from '../../domain/comparison.js'
import {changeMessage, comparisonRemarkMessage} from '../../domain/messages/change-messages.js'
import {englishCount} from '../../domain/messages/localized-text.js'
import {localized, word} from './report-frame.js'
import {badge} from './score-section.js'

/** What changed against another run or a baseline. */
export function comparisonSection({before, by_origin, remarks, pairing, decided_by}: Comparison): Markup {
  return html`<section id="comparison">
    <h2>${both('Что изменилось', 'What changed')}</h2>
    <p class="sub">
      ${both('Раньше', 'Before')}: ${before.name}${before.name === before.run_id ? null : ` · ${before.run_id}`} ·
      ${both('пары', 'pairs')}: ${word(pairing)}
    </p>
    ${Object.entries(by_origin).map(
      ([origin, {aligned, metrics}]) =>
        html`<h3>
            ${word(origin)}, ${both(russianCount(aligned, ['пара', 'пары', 'пар']), englishCount(aligned, 'pair'))}
          </h3>
          <div class="card scores">
            ${metrics.map(metric => changeRow(metric, decided_by))}
            <p class="legend">
              <i class="narrow"></i>${both('разность, 95 %', 'difference, 95 %')}
              <i class="wide"></i>${both('по каналам', 'by channel')} <i class="zero"></i>${both('ноль', 'zero')}
            </p>
          </div>
          ${channelChanges(metrics)}`,
    )}${remarks.map(remark => html`<p class="note">${localized(comparisonRemarkMessage(remark))}</p>`)}
  </section>`
}

function changeRow(change: MetricComparison, decidedBy: DecidedBy): Markup {
  const {metric, difference, clustered_difference: clustered, flips, verdict} = change
  const isByChannel = decidedBy === 'channel'
  const test = isByChannel ? change.channel_test : change.test
  const reach =
    Math.max(0.01, ...[difference, clustered].flatMap(facts => [facts?.low ?? 0, facts?.high ?? 0]).map(Math.abs)) * 1.1
  return html`<div class="score">
    <div class="name">${word(metric)}${badge(verdict)}</div>
    <div class="plot">
      ${intervalChart({interval: difference, wider: clustered, pass: 0, range: [-reach, reach], title: metric})}
    </div>
    <div class="value">
      <b>${signedText(difference.estimate)}</b>
      <span class="ci">${boundsText((isByChannel ? clustered : null) ?? difference, signedText)}</span>
    </div>
    <div class="more">
      ${numberText(change.mean_before)} →
      ${numberText(change.mean_after)}${test ? html` · p ${probabilityText(test.p_holm)}` : null}${dropped(change)}${flips ? crossed(flips) : null}
      ${verdict === 'undecided' ? html`<br />${localized(changeMessage(change.cause))}` : null}
    </div>
  </div>`
}

function dropped({dropped: count}: MetricComparison): Markup | null {
  return count > 0 ? html` · ${both('отброшено', 'dropped')} ${count}` : null
}

function crossed({worsened, improved}: FlipFacts): Markup | null {
  if (worsened.length + improved.length === 0) return null
  const lost = both(`перестали проходить порог ${worsened.length}`, `${worsened.length} no longer pass`)
  return html` · ${lost}, ${both(`стали проходить ${improved.length}`, `${improved.length} pass now`)}`
}

/** Where it changed: differences of the means, channel by channel. */
function channelChanges(metrics: readonly MetricComparison[]): Markup | null {
  const channels = [...new Set(metrics.flatMap(({by_channel}) => Object.keys(by_channel)))].toSorted()
  if (channels.length < 2) return null
  const head = metrics.map(({metric}) => html`<th>${word(metric)}</th>`)
  const row = (channel: string): Markup =>
    html`<tr>
      <th>${channel}</th>
      ${metrics.map(({by_channel, better}) => changeCell(ownField(by_channel, channel)?.difference, better))}
    </tr>`
  return html`<h3>${both('Разница по каналам', 'Difference by channel')}</h3>
    <div class="card scroll">
      <table class="changes">
        <thead>
          <tr>
            <th>${both('Канал', 'Channel')}</th>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${channels.map(row)}
        </tbody>
      </table>
    </div>`
}

function changeCell(difference: number | undefined, better: MetricComparison['better']): Markup {
  if (difference === undefined) return html`<td>—</td>`
  const kind = difference === 0 ? '' : difference > 0 === (better === 'higher') ? 'up' : 'down'
  return html`<td class="${kind}">${signedText(difference)}</td>`
}
