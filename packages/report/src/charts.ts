import {html, type Markup} from './html.js'
import {signedText} from './number-text.js'

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

function round(value: number): number {
  return Math.round(value * 100) / 100
}
