import {
  axisOver,
  both,
  bothInPlot,
  boundsText,
  fixedText,
  html,
  intervalPlot,
  type Markup,
  millisecondsText,
  type PlotPoint,
  signedText,
} from '@ep23/report'
import {show} from '../render-config.js'
import type {TrialView, TuningResult} from '../../domain/tuning-result.js'

type Objective = (view: TrialView) => {estimate: number; low: number; high: number} | null

const repeatability: Objective = ({variance_ratio}) => variance_ratio
const latency: Objective = ({latency_seconds: {estimate, low, high}}) => ({
  estimate: estimate * 1000,
  low: low * 1000,
  high: high * 1000,
})

/** The settings that nothing beats, against the current one, in quality, repeatability and latency. */
export function frontSection(result: TuningResult, mostVarianceRatio: number): Markup {
  const {current, front, measure} = result
  return html`<section id="front">
    <h2>${both('Фронт Парето', 'Pareto front')}</h2>
    <p class="lead">
      ${both(
        `Ни одна из опробованных настроек не лучше этих сразу в качестве, повторяемости и скорости. Всё измерено на ${current.queries} проверочных запросах; отрезки — интервалы 95 % (доли разброса — 99 %).`,
        `No setting that was tried beats these in quality, repeatability and latency at once. All measured on ${current.queries} test queries; lines are 95 % intervals (of the variance ratio 99 %).`,
      )}
    </p>
    <div class="plots">
      ${plotAgainst(result, repeatability, {ru: 'доля разброса между запусками', en: 'variance ratio between runs', least: 0.02, limit: mostVarianceRatio})}
      ${plotAgainst(result, latency, {ru: 'медиана времени, мс', en: 'median latency, ms', least: 0.1})}
    </div>
    <p class="legend">
      <i class="current"></i>${both('сейчас', 'current')} <i class="best"></i>${both('лучшая', 'best')}
      <i class="other"></i>${both('остальные', 'the others')}
      <i class="bar"></i>${both('граница для продвижения', 'the bar of promotion')}
    </p>
    <div class="scroll">
      <table class="front">
        <thead>
          <tr>
            <th>№</th>
            <th>${both('Настройка', 'Setting')}</th>
            <th>${measure}</th>
            <th>${both('Выигрыш', 'Gain')}</th>
            <th>${both('Доля разброса', 'Variance ratio')}</th>
            <th>RBO</th>
            <th>${both('Время, мс', 'Latency, ms')}</th>
            <th>${both('Негодные ответы', 'Unusable replies')}</th>
          </tr>
        </thead>
        <tbody>
          ${row('—', both('как сейчас', 'as it is now'), current, null)}
          ${front.map(({test, gain}, i) => row(String(i + 1), settingList(test), test, gainCell(gain)))}
        </tbody>
      </table>
    </div>
  </section>`
}

interface AxisWords {
  ru: string
  en: string
  least: number
  limit?: number
}

function plotAgainst({current, front, measure}: TuningResult, objective: Objective, words: AxisWords): Markup {
  const views = [current, ...front.map(({test}) => test)]
  const points = views.flatMap((view, i): PlotPoint[] => {
    const x = objective(view)
    const kind = i === 0 ? 'current' : i === 1 ? 'best' : 'other'
    const title = `${i === 0 ? '' : `${i}: `}${fixedText(view.quality.estimate)}`
    return x === null ? [] : [{x, y: view.quality, kind, title, label: i === 0 ? '' : String(i)}]
  })
  if (points.length === 0)
    return html`<p class="note">
      ${both('Повторяемость не измерена: нет годных ответов.', 'The repeatability is unmeasured: no reply could be used.')}
    </p>`
  const places = points.flatMap(({x}) => (typeof x === 'number' ? [x] : [x.low, x.high]))
  const limit = words.limit
  return intervalPlot({
    x: axisOver([...places, ...(limit === undefined ? [] : [limit])], words),
    y: axisOver(
      points.flatMap(({y}) => [y.low, y.high]),
      {least: 0.02},
    ),
    xName: bothInPlot(words.ru, words.en),
    yName: measure,
    // The chosen ones lie above the others.
    points: points.toReversed(),
    ...(limit !== undefined && {limit}),
  })
}

function row(number: string, setting: Markup, view: TrialView, gain: Markup | null): Markup {
  const {quality, variance_ratio, rbo, latency_seconds, fallbacks, asked} = view
  return html`<tr>
    <td>${number}</td>
    <td class="setting">${setting}</td>
    <td>${fixedText(quality.estimate)} <small>${boundsText(quality, fixedText)}</small></td>
    <td>${gain ?? '—'}</td>
    <td>
      ${variance_ratio === null ? both('не измерена', 'unmeasured') : html`${fixedText(variance_ratio.estimate)} <small>${boundsText(variance_ratio, fixedText)}</small>`}
    </td>
    <td>${rbo === null ? '—' : fixedText(rbo)}</td>
    <td>
      ${millisecondsText(latency_seconds.estimate)} <small>${boundsText(latency_seconds, millisecondsText)}</small>
    </td>
    <td>${asked === 0 ? '—' : `${fallbacks} / ${asked}`}</td>
  </tr>`
}

function gainCell(gain: TuningResult['front'][number]['gain']): Markup {
  return html`<b class="${gain.low > 0 ? 'up' : gain.high < 0 ? 'down' : ''}">${signed(gain.estimate)}</b>
    <small>${boundsText(gain, signed)}</small>`
}

function settingList({setting}: TrialView): Markup {
  return html`${Object.entries(setting).map(([key, value]) => html`<span><code>${key}</code> ${show(value)}</span>`)}`
}

const signed = (gain: number): string => signedText(gain, fixedText)
