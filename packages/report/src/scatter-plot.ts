import {html, type Markup, type Part} from './html.js'

interface Axis {
  low: number
  high: number
  ticks: {at: number; label: string}[]
}

interface Range {
  estimate: number
  low: number
  high: number
}

export interface PlotPoint {
  /** Without an interval: a place. */
  x: Range | number
  y: Range
  /** Beside the point. */
  label: string
  /** For the pointer. */
  title: string
  kind: 'current' | 'best' | 'other'
}

interface Plot {
  x: Axis
  y: Axis
  xName: Part
  yName: Part
  points: readonly PlotPoint[]
  /** A bound on the y axis. */
  bar?: number
  /** A bound on the x axis. */
  limit?: number
}

const STEPS = [1, 2, 2.5, 5, 10]
const [LEFT, TOP, WIDTH, HEIGHT] = [52, 24, 400, 230]

/** Points with their intervals in both directions over two axes, as inline SVG. */
export function intervalPlot(plot: Plot): Markup {
  const {x, y, xName, yName, points, bar, limit} = plot
  return html`<svg class="scatter" viewBox="0 0 ${LEFT + WIDTH + 14} ${TOP + HEIGHT + 46}" role="img">
    <g transform="translate(${LEFT} ${TOP})">
      ${y.ticks.map(({at, label}) => yTick(HEIGHT - positionOn(y, at, HEIGHT), label))}${x.ticks.map(({at, label}) => xTick(positionOn(x, at, WIDTH), label))}
      <line class="axis" y1="${HEIGHT}" y2="${HEIGHT}" x2="${WIDTH}" />
      ${bar === undefined ? null : html`<line class="bar" x2="${WIDTH}" y1="${HEIGHT - positionOn(y, bar, HEIGHT)}" y2="${HEIGHT - positionOn(y, bar, HEIGHT)}" />`}
      ${limit === undefined ? null : html`<line class="bar" y2="${HEIGHT}" x1="${positionOn(x, limit, WIDTH)}" x2="${positionOn(x, limit, WIDTH)}" />`}
      ${points.map(point => drawPoint(point, plot))}
      <text class="name" x="${WIDTH}" y="${HEIGHT + 38}" text-anchor="end">${xName}</text>
      <text class="name" x="${-LEFT + 4}" y="-10">${yName}</text>
    </g>
  </svg>`
}

/** Words of both languages inside an SVG text. */
export function bothInPlot(ru: string, en: string): Markup {
  return html`<tspan lang="ru">${ru}</tspan><tspan lang="en">${en}</tspan>`
}

function yTick(at: number, label: string): Markup {
  return html`<line class="grid" x2="${WIDTH}" y1="${at}" y2="${at}" /><text x="-7" y="${at + 4}" text-anchor="end"
      >${label}</text
    >`
}

function xTick(at: number, label: string): Markup {
  return html`<line class="axis" x1="${at}" x2="${at}" y1="${HEIGHT}" y2="${HEIGHT + 4}" /><text
      x="${at}"
      y="${HEIGHT + 18}"
      text-anchor="middle"
      >${label}</text
    >`
}

function drawPoint({x, y, label, title, kind}: PlotPoint, axes: Plot): Markup {
  const across = (value: number): number => positionOn(axes.x, value, WIDTH)
  const up = (value: number): number => HEIGHT - positionOn(axes.y, value, HEIGHT)
  const range = typeof x === 'number' ? {estimate: x, low: x, high: x} : x
  const [cx, cy] = [across(range.estimate), up(y.estimate)]
  return html`<g class="point ${kind}">
    <title>${title}</title>
    <line x1="${across(range.low)}" x2="${across(range.high)}" y1="${cy}" y2="${cy}" /><line
      x1="${cx}"
      x2="${cx}"
      y1="${up(y.low)}"
      y2="${up(y.high)}"
    /><circle cx="${cx}" cy="${cy}" r="5" /><text
      class="label"
      x="${cx > WIDTH - 24 ? cx - 8 : cx + 8}"
      y="${cy - 7}"
      text-anchor="${cx > WIDTH - 24 ? 'end' : 'start'}"
      >${label}</text
    >
  </g>`
}

/** An axis over values from 0 on, with round ticks, a little wider than they are and of at least some width. */
export function axisOver(values: readonly number[], {least, ticks = 5}: {least: number; ticks?: number}): Axis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const spare = Math.max(least - (highest - lowest), (highest - lowest) * 0.08) / 2
  const width = highest - lowest + 2 * spare
  const low = Math.max(lowest - spare, -0.04 * width)
  const high = low + width
  const step = roundStep((high - low) / ticks)
  const first = Math.max(0, Math.ceil(low / step))
  const count = Math.floor(high / step) - first + 1
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (isHalfStep(step) ? 1 : 0))
  return {
    low,
    high,
    ticks: Array.from({length: count}, (_, i) => {
      const at = (first + i) * step
      return {at, label: at.toFixed(digits)}
    }),
  }
}

/** Where a value stands between 0 and `size`. */
function positionOn({low, high}: Axis, value: number, size: number): number {
  return Math.round(((value - low) / (high - low)) * size * 100) / 100
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return (STEPS.find(step => step * power >= rough * 0.999) ?? 10) * power
}

function isHalfStep(step: number): boolean {
  return Math.abs(step / 10 ** Math.floor(Math.log10(step) + 1e-9) - 2.5) < 1e-6
}
