import {
  axisOver,
  both,
  bothInPlot,
  boundsText,
  fixedText,
  html,
  intervalPlot,
  type Markup,
  minuteText,
} from '@ep23/report'
import type {PastTuning} from './report-source.js'

/** Older ones are left out of the chart, so that points can be told apart. */
const SHOWN = 30

/** The variance ratio of the best setting of each tuning run, oldest first. */
export function historySection(past: readonly PastTuning[], shown: string, mostVarianceRatio: number): Markup {
  const runs = past.slice(-SHOWN)
  return html`<section id="history">
    <h2>${both('Разброс в прежних запусках', 'Variance over past runs')}</h2>
    <p class="lead">
      ${both(
        'Доля разброса у лучшей настройки каждого запуска rag:tune, с интервалом. 0 — повторные запуски дают одно и то же.',
        'The variance ratio of each rag:tune run’s best setting, with its interval. 0: repeated runs give the same.',
      )}
    </p>
    ${runs.length === 0 ? html`<p class="note">${both('В хранилище нет записей о запусках rag:tune.', 'The store has no record of a rag:tune run.')}</p>` : html`${chart(runs, shown, mostVarianceRatio)}${table(runs, shown)}`}
  </section>`
}

function chart(runs: readonly PastTuning[], shown: string, bar: number): Markup | null {
  const measured = runs.flatMap(({run_id, finished_at, variance_ratio}, i) =>
    variance_ratio === null ? [] : [{run_id, at: minuteText(finished_at), x: i + 1, y: variance_ratio}],
  )
  if (measured.length === 0) return null
  const ends = [...runs.slice(0, 1), ...runs.slice(1).slice(-1)]
  return html`<div class="plots single">
    ${intervalPlot({
      x: {
        low: 0.5,
        high: runs.length + 0.5,
        ticks: ends.map((run, i) => ({at: i === 0 ? 1 : runs.length, label: run.finished_at.slice(0, 10)})),
      },
      y: axisOver([0, bar, ...measured.flatMap(({y}) => [y.low, y.high])], {least: 0.02}),
      xName: bothInPlot('запуски по порядку', 'runs in order'),
      yName: bothInPlot('доля разброса', 'variance ratio'),
      points: measured.map(({run_id, at, x, y}) => ({
        x,
        y,
        label: '',
        title: `${at}: ${fixedText(y.estimate)}`,
        kind: run_id === shown ? ('best' as const) : ('other' as const),
      })),
      bar,
    })}
  </div>`
}

function table(runs: readonly PastTuning[], shown: string): Markup {
  return html`<details>
    <summary>${both('Таблица', 'Table')}</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>UTC</th>
            <th>${both('Запуск', 'Run')}</th>
            <th>${both('Качество', 'Quality')}</th>
            <th>${both('Доля разброса', 'Variance ratio')}</th>
          </tr>
        </thead>
        <tbody>
          ${runs.toReversed().map(
            ({run_id, finished_at, quality, variance_ratio}) =>
              html`<tr>
                <td>${minuteText(finished_at)}</td>
                <td>${run_id === shown ? html`<b>${run_id}</b>` : run_id}</td>
                <td>${fixedText(quality.estimate)} <small>${boundsText(quality, fixedText)}</small></td>
                <td>
                  ${variance_ratio === null ? both('не измерена', 'unmeasured') : html`${fixedText(variance_ratio.estimate)} <small>${boundsText(variance_ratio, fixedText)}</small>`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`
}
