import {readFileSync} from 'node:fs'

import {expect} from 'chai'

const CSS = readFileSync(new URL('../../page/view.css', import.meta.url), 'utf8')

/** The colours of a theme by their names. */
function coloursOf(selector: string): Record<string, string> {
  const start = CSS.indexOf(`${selector} {`)
  const block = CSS.slice(start, CSS.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/gu)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const digits = colour.slice(1)
  const whole = digits.length === 3 ? digits.replaceAll(/./gu, '$&$&') : digits
  const [r = 0, g = 0, b = 0] = [0, 2, 4]
    .map(at => Number.parseInt(whole.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** Which colour of a text may stand on which background: whatever lies in a card may be marked. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  text: ['bg', 'card', 'pale', 'good-bg', 'warn-bg', 'bad-bg', 'none-bg'],
  dim: ['bg', 'card'],
  accent: ['bg', 'card', 'pale', 'good-bg', 'warn-bg', 'bad-bg', 'none-bg'],
  good: ['bg', 'card', 'good-bg'],
  warn: ['bg', 'card', 'warn-bg'],
  bad: ['bg', 'card', 'bad-bg'],
}

describe('the colours of the pages', () => {
  const themes = {
    light: coloursOf(':root'),
    dark: coloursOf("[data-theme='dark']"),
    auto: coloursOf("  [data-theme='auto']"),
  }

  it('are the same in the dark theme that is chosen and in that of the system', () => {
    expect(themes.auto).to.deep.equal(themes.dark)
    expect(Object.keys(themes.dark)).to.deep.equal(Object.keys(themes.light))
  })

  for (const [name, colours] of Object.entries(themes).slice(0, 2)) {
    it(`are told apart as text by everybody: 4.5 at least, ${name}`, () => {
      for (const [text, backgrounds] of Object.entries(TEXTS))
        for (const background of backgrounds)
          expect(contrast(colours[text] ?? '', colours[background] ?? ''), `${text} on ${background}`).to.be.at.least(
            4.5,
          )
    })

    it(`are told apart as lines of a chart: 3 at least, ${name}`, () => {
      for (const line of ['s0', 's1', 's2', 's3', 's4', 's5', 'accent'])
        expect(contrast(colours[line] ?? '', colours['card'] ?? ''), line).to.be.at.least(3)
    })
  }
})
