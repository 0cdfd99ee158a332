import type {TrendPoint, TrendSeries} from '../src/domain/view-charts.js'
import {useSpeech} from './words.js'

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [960, 240, 44, 26]
const DAY_MS = 86_400_000

interface Scale {
  x: (day: string) => number
  y: (value: number) => number
}

/** Series over days with their intervals; what a point says stands in its title as well. */
export function Chart({series, adjusted}: {series: readonly TrendSeries[]; adjusted: boolean}) {
  const {day, number, say} = useSpeech()
  const points = series.flatMap(each => each.points)
  const days = points.map(point => point.day).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const values = points.flatMap(({mean, low, high, adjusted: level}) => [
    mean,
    low ?? mean,
    high ?? mean,
    (adjusted && level) || mean,
  ])
  const {bottom, top, ticks} = axisOf(values)
  const span = Math.max(1, daysBetween(first, last))
  const scale: Scale = {
    x: each => LEFT + 12 + (daysBetween(first, each) / span) * (WIDTH - LEFT - 24),
    y: value => 10 + ((top - value) / (top - bottom)) * (HEIGHT - BOTTOM - 10),
  }
  return (
    <svg
      class="trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${say('trend')}: ${say(series[0]?.score ?? '')}, ${day(first)} … ${day(last)}`}
    >
      {ticks.map(tick => (
        <g key={tick}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={scale.y(tick)} y2={scale.y(tick)} />
          <text x={LEFT - 6} y={scale.y(tick) + 4} text-anchor="end">
            {number(tick, 2)}
          </text>
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 6}>
        {day(first)}
      </text>
      <text x={WIDTH - 4} y={HEIGHT - 6} text-anchor="end">
        {day(last)}
      </text>
      {series.map((each, index) => (
        <Line key={index} series={each} {...{index, scale, adjusted}} />
      ))}
    </svg>
  )
}

interface LineProps {
  series: TrendSeries
  index: number
  scale: Scale
  adjusted: boolean
}

function Line({series, index, scale: {x, y}, adjusted}: LineProps) {
  const {day, number, bounds, say} = useSpeech()
  return (
    <g class={`series s${index % 6}`}>
      {series.changes.map(({from, to}) => (
        <rect
          key={from}
          class="band"
          x={x(from) - 3}
          width={Math.max(6, x(to) - x(from) + 6)}
          y={10}
          height={HEIGHT - BOTTOM - 10}
        >
          <title>{`${say('change')} ${day(from)} … ${day(to)}`}</title>
        </rect>
      ))}
      {series.writers.map(({day: from, writer}) => (
        <line key={from} class="mark" x1={x(from)} x2={x(from)} y1={10} y2={HEIGHT - BOTTOM}>
          <title>{`${day(from)}: ${writer} ${say('newWriter')}`}</title>
        </line>
      ))}
      {series.marks.map(mark => (
        <line
          key={mark.day + mark.kind}
          class={`mark ${mark.kind}`}
          x1={x(mark.day)}
          x2={x(mark.day)}
          y1={10}
          y2={HEIGHT - BOTTOM}
        >
          <title>{`${day(mark.day)}: ${say(`${mark.kind}Mark`)} ${mark.name}`}</title>
        </line>
      ))}
      {stretchesOf(series.points).map(points => (
        <path key={points[0]?.day} d={pathOf(points, ({day: at, mean}) => [x(at), y(mean)])} />
      ))}
      {adjusted &&
        stretchesOf(series.points.filter(point => point.adjusted !== null)).map(points => (
          <path
            key={points[0]?.day}
            class="adjusted"
            d={pathOf(points, point => [x(point.day), y(point.adjusted ?? 0)])}
          />
        ))}
      {series.points.map(point => (
        <g key={point.day}>
          {point.low !== null && point.high !== null && (
            <line class="range" x1={x(point.day)} x2={x(point.day)} y1={y(point.low)} y2={y(point.high)} />
          )}
          <a href={`#/run/${point.run_id}`} aria-label={`${day(point.day)}: ${number(point.mean)}`}>
            <circle class={point.partial ? 'hollow' : ''} cx={x(point.day)} cy={y(point.mean)} r="3.5">
              <title>{`${day(point.day)}: ${number(point.mean)} (${bounds(point.low, point.high)}), ${say('channels')}: ${point.channels}, ${point.writer}`}</title>
            </circle>
          </a>
        </g>
      ))}
    </g>
  )
}

function pathOf(points: readonly TrendPoint[], at: (point: TrendPoint) => [number, number]): string {
  return points
    .map(
      (point, index) =>
        `${index === 0 ? 'M' : 'L'}${at(point)
          .map(each => each.toFixed(1))
          .join(' ')}`,
    )
    .join('')
}

/** Points of days that follow each other: over missing days there is no line. */
function stretchesOf(points: readonly TrendPoint[]): TrendPoint[][] {
  const stretches: TrendPoint[][] = []
  for (const point of points) {
    const open = stretches.at(-1)
    const last = open?.at(-1)
    if (open && last && daysBetween(last.day, point.day) === 1) open.push(point)
    else stretches.push([point])
  }
  return stretches.filter(({length}) => length > 1)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

interface Axis {
  bottom: number
  top: number
  ticks: readonly number[]
}

/** Round ticks around the values, within 0 and 1. */
function axisOf(values: readonly number[]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const step = [0.01, 0.02, 0.05, 0.1].find(each => (high - low) / each <= 5) ?? 0.2
  const [first, last] = [
    Math.max(0, Math.floor(low / step - 0.2)),
    Math.min(Math.round(1 / step), Math.ceil(high / step + 0.2)),
  ]
  const ticks = Array.from({length: last - first + 1}, (_, index) => (first + index) * step)
  return {bottom: first * step, top: last * step, ticks}
}
