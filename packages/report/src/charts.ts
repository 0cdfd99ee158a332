import {html, type Markup} from './html.js'
import {signedText} from './number-text.js'

const WIDTH = 400

/** A value with its bounds; null where there is none. */
interface Interval {
  estimate: number | null
  low: number | null
  high: number | null
}

interface IntervalChart {
  interval: Interval
  /** Drawn pale behind it. */
  wider?: Interval | null
  /** Thresholds to mark. */
  pass?: number | undefined
  warn?: number | undefined
  range: readonly [low: number, high: number]
  title: string
}

/** A point with its interval on an axis, as inline SVG; nothing but the axis where nothing was measured. */
export function intervalChart({interval, wider, pass, warn, range, title}: IntervalChart): Markup {
  const at = (value: number): number => round(scaled(value, range) * WIDTH)
  return html`<svg
    class="interval"
    viewBox="0 0 ${WIDTH} 28"
    preserveAspectRatio="none"
    role="img"
    aria-label="${title}"
  >
    <line class="axis" x1="0" x2="${WIDTH}" y1="14" y2="14" />
    ${bar('wide', wider, at)}${bar('narrow', interval, at)}${mark('warn', warn, at)}${mark('pass', pass, at)}${point(interval, at)}
  </svg>`
}

/** Counts in equal steps as bars, the highest count as high as the chart; its range stands below. */
export function histogram(values: readonly number[], {bins, title}: {bins: number; title: string}): Markup {
  const sorted = Float64Array.from(values).sort()
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const step = (high - low) / bins || 1
  const counts = Array.from({length: bins}, () => 0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / step))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const most = Math.max(1, ...counts)
  const width = WIDTH / bins
  return html`<figure>
    <svg class="histogram" viewBox="0 0 ${WIDTH} 90" preserveAspectRatio="none" role="img" aria-label="${title}">
      ${counts.map(
        (count, bin) =>
          html`<rect
            x="${round(bin * width + 1)}"
            y="${round(90 - (count / most) * 86)}"
            width="${round(width - 2)}"
            height="${round((count / most) * 86)}"
            ><title>
              ${(low + bin * step).toPrecision(3)}–${(low + (bin + 1) * step).toPrecision(3)}: ${count}
            </title></rect
          >`,
      )}
    </svg>
    <figcaption><span>${low.toPrecision(3)}</span><span>${high.toPrecision(3)}</span></figcaption>
  </figure>`
}

const DIFFERENCE_HEIGHT = 150

/**
 * A bar for each difference in the given order, gains up and losses down from a line at zero.
 * @param text of a number, with its sign
 */
export function differenceChart(
  differences: readonly {name: string; difference: number}[],
  text: (value: number) => string = signedText,
): Markup {
  const most = Math.max(...differences.map(({difference}) => difference), 0)
  const least = Math.min(...differences.map(({difference}) => difference), 0)
  const scale = DIFFERENCE_HEIGHT / (most - least)
  const zero = most * scale
  return html`<figure>
    <svg
      class="differences"
      viewBox="0 0 ${differences.length} ${DIFFERENCE_HEIGHT}"
      preserveAspectRatio="none"
      role="img"
    >
      ${differences.map(({difference, name}, i) =>
        difference === 0
          ? null
          : html`<rect
              class="${difference > 0 ? 'gained' : 'lost'}"
              x="${i + 0.05}"
              width="0.9"
              y="${round(difference > 0 ? zero - difference * scale : zero)}"
              height="${round(Math.abs(difference) * scale)}"
              ><title>${name}: ${text(difference)}</title></rect
            >`,
      )}
      <line class="axis" x2="${differences.length}" y1="${round(zero)}" y2="${round(zero)}" />
    </svg>
    <figcaption><span>${text(most)}</span><span>${text(least)}</span></figcaption>
  </figure>`
}

function bar(kind: string, interval: Interval | null | undefined, at: (value: number) => number): Markup | null {
  if (!interval || interval.low === null || interval.high === null) return null
  const [left, right] = [at(interval.low), at(interval.high)]
  const height = kind === 'wide' ? 16 : 8
  return html`<rect
    class="${kind}"
    x="${left}"
    y="${14 - height / 2}"
    width="${Math.max(2, round(right - left))}"
    height="${height}"
    rx="3"
  />`
}

function mark(kind: string, value: number | undefined, at: (value: number) => number): Markup | null {
  return value === undefined
    ? null
    : html`<line class="mark ${kind}" x1="${at(value)}" x2="${at(value)}" y1="1" y2="27" />`
}

function point({estimate}: Interval, at: (value: number) => number): Markup | null {
  return estimate === null
    ? null
    : html`<line class="point" x1="${at(estimate)}" x2="${at(estimate)}" y1="5" y2="23" />`
}

function scaled(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low || 1)))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
