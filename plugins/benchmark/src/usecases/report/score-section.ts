import {russianCount, ownField} from '@ep23/sdk'
import {both, boundsText, histogram, html, intervalChart, type Markup, numberText} from '@ep23/report'

import type {OriginResult, RunResult, ScoreFacts} from '../../domain/run-result.js'
import {
  repeatPlanMessage,
  variancePartName,
  varianceShareText,
  VARIANCE_PARTS,
} from '../../domain/messages/variance-messages.js'
import {englishCount} from '../../domain/messages/localized-text.js'
import type {GateResult} from '../../domain/verdict.js'
import {localized, word} from './report-frame.js'

/** Scores with intervals, channels and latencies of one origin. */
export function originSection(
  run: RunResult,
  origin: string,
  result: OriginResult,
  latencies: readonly number[],
): Markup {
  const scores = Object.entries(result.scores)
  const gates = run.assessment.gates
  return html`<section>
    <h2>
      ${both('Оценки', 'Scores')}
      <small
        >${word(origin)},
        ${both(russianCount(result.samples, ['образец', 'образца', 'образцов']), englishCount(result.samples, 'sample'))}</small
      >
    </h2>
    <div class="card scores">
      ${scores.map(([name, facts]) => scoreRow(name, facts, gates))}
      <p class="legend">
        <i class="narrow"></i>${both('95 %, образцы независимы', '95 %, samples independent')}
        <i class="wide"></i>${both('по каналам', 'by channel')}
        ${gates.some(({metric}) => metric in result.scores) ? thresholdLegend() : null}
      </p>
    </div>
    <h3>${both('По каналам', 'By channel')}</h3>
    ${channelTable(scores)} ${varianceSection(scores)}
    <h3>${both('Время написания', 'Latency')}</h3>
    ${latencyCard(result, latencies)}
  </section>`
}

function thresholdLegend(): Markup {
  return html`<i class="pass"></i>${both('порог зачёта', 'pass')}
    <i class="warn"></i>${both('порог предупреждения', 'warn')}`
}

function scoreRow(name: string, facts: ScoreFacts, gates: readonly GateResult[]): Markup {
  const gate = gates.find(({metric, statistic}) => metric === name && statistic === 'mean')
  const unmeasured = Object.entries(facts.unmeasured).map(([reason, count]) => html` ${word(reason)} ${count}`)
  return html`<div class="score">
    <div class="name">${word(name)}${gate ? badge(gate.verdict) : null}</div>
    <div class="plot">
      ${intervalChart({interval: facts.mean, wider: facts.clustered_mean, pass: gate?.pass, warn: gate?.warn, range: [0, 1], title: name})}
    </div>
    <div class="value"><b>${numberText(facts.mean.estimate)}</b> <span class="ci">${boundsText(facts.mean)}</span></div>
    <div class="more">
      ${facts.clustered_mean ? html`${both('по каналам', 'by channel')} ${boundsText(facts.clustered_mean)} · ` : null}p10
      ${numberText(facts.p10.estimate)} · ${word('worst')} ${numberText(facts.worst)} · n
      ${facts.mean.measured}${unmeasured.length > 0 ? html` · <em>${word('unmeasured')}:${unmeasured}</em>` : null}
    </div>
  </div>`
}

function channelTable(scores: readonly (readonly [string, ScoreFacts])[]): Markup {
  const channels = [...new Set(scores.flatMap(([, {by_channel}]) => Object.keys(by_channel)))].toSorted()
  return html`<div class="card scroll">
    <table class="heat">
      <thead>
        <tr>
          <th>${both('Канал', 'Channel')}</th>
          ${scores.map(([name]) => html`<th>${word(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${channels.map(
          channel =>
            html`<tr>
              <th>${channel}</th>
              ${scores.map(([, {by_channel}]) => channelCell(ownField(by_channel, channel)))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function channelCell(cell: ScoreFacts['by_channel'][string] | undefined): Markup {
  if (!cell || cell.mean === null) return html`<td class="none">—</td>`
  const tenth = Math.max(0, Math.min(10, Math.round(cell.mean * 10)))
  const missing = cell.unmeasured > 0 ? html` <small>−${cell.unmeasured}</small>` : null
  return html`<td class="h${tenth}" title="n ${cell.measured}">${numberText(cell.mean)}${missing}</td>`
}

function latencyCard({latency_seconds: latency}: OriginResult, values: readonly number[]): Markup {
  if (latency.p50.measured === 0)
    return html`<p class="card none">${both('Время никто не измерял.', 'Nobody measured it.')}</p>`
  const rows = (['p50', 'p90', 'p95', 'p99'] as const).map(
    name =>
      html`<tr>
        <th>${name}</th>
        <td>${numberText(latency[name].estimate)}</td>
        <td class="ci">${boundsText(latency[name])}</td>
      </tr>`,
  )
  return html`<div class="card latency">
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${histogram(values, {bins: 24, title: 'latency_seconds'})}
  </div>`
}

export function badge(verdict: string): Markup {
  return html` <span class="badge ${verdict}">${word(verdict)}</span>`
}

/** Where the variance of a judgement comes from, and which repeat to add; null without repeats. */
function varianceSection(scores: readonly (readonly [string, ScoreFacts])[]): Markup | null {
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
            ${VARIANCE_PARTS.map(part => html`<th>${localized(variancePartName(part))}</th>`)}
            <th>${both('Что повторить', 'What to repeat')}</th>
          </tr>
        </thead>
        <tbody>
          ${known.map(
            ({name, variance}) =>
              html`<tr>
                <th>${word(name)}</th>
                ${VARIANCE_PARTS.map(part => html`<td>${localized(varianceShareText(part, variance))}</td>`)}
                <td>${localized(repeatPlanMessage(variance))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}
