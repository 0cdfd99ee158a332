import {COLUMNS} from './record-screens.js'

const [CHARACTER, LINE, MARGIN] = [8.4, 19, 16]
const MOST_LINES = 22
const [TYPED_SECONDS, READ_SECONDS] = [1.2, 6]
const COLOURS = {31: 'bad', 32: 'good', 33: 'warning', 2: 'quiet', 90: 'quiet', 1: 'strong'}

const STYLE = `
.back{fill:#16181d}text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d6d9e0;white-space:pre}
.prompt{fill:#7f8896}.command,.strong{fill:#fff;font-weight:600}.good{fill:#7bd88f}.bad{fill:#ff7b72}.warning{fill:#f2cc60}.quiet{fill:#8b93a3}
`

/**
 * An animation that needs no script: each screen is a group that CSS shows in its time. Who wants no motion sees the last one.
 * @param screens commands with the lines that they printed
 */
export function drawSvg(screens) {
  const frames = screens.flatMap(({command, lines}) => [
    {seconds: TYPED_SECONDS, lines: [prompt(command)]},
    {seconds: READ_SECONDS, lines: [prompt(command), ...shown(lines).map(coloured)]},
  ])
  const height = Math.max(...frames.map(({lines}) => lines.length)) * LINE + 2 * MARGIN
  const width = Math.ceil(COLUMNS * CHARACTER) + 2 * MARGIN
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>${STYLE}${animation(frames)}</style>
<rect class="back" width="100%" height="100%" rx="8"/>
${frames.map(({lines}, index) => group(lines, index)).join('\n')}
</svg>
`
}

function shown(lines) {
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines
}

function animation(frames) {
  const total = frames.reduce((sum, {seconds}) => sum + seconds, 0)
  const starts = frames.map((_, index) => frames.slice(0, index).reduce((sum, {seconds}) => sum + seconds, 0))
  const rules = frames.map(({seconds}, index) => {
    const [from, to] = [starts[index], starts[index] + seconds].map(time => ((time / total) * 100).toFixed(2))
    const before = index === 0 ? '' : '0%{visibility:hidden}'
    const after = index === frames.length - 1 ? '' : `${to}%{visibility:hidden}`
    return `@keyframes f${index}{${before}${from}%{visibility:visible}${after}}#f${index}{visibility:hidden;animation:f${index} ${total.toFixed(1)}s step-end infinite}`
  })
  const last = `#f${frames.length - 1}`
  return `${rules.join('\n')}\n@media (prefers-reduced-motion:reduce){g{animation:none!important}${last}{visibility:visible}}\n`
}

function group(lines, index) {
  const texts = lines.map((line, row) => `<text x="${MARGIN}" y="${MARGIN + (row + 0.75) * LINE}">${line}</text>`)
  return `<g id="f${index}">\n${texts.join('\n')}\n</g>`
}

function prompt(command) {
  return `<tspan class="prompt">$ </tspan><tspan class="command">${escaped(command)}</tspan>`
}

/** A line with a terminal's colours as spans; other control sequences are left out. */
function coloured(line) {
  const parts = line.split('\u001B[').map((part, index) => {
    if (index === 0) return {codes: '', text: part}
    const [, codes = '', kind, text = ''] = /^([\d;]*)([A-Za-z])(.*)$/u.exec(part) ?? []
    return {codes: kind === 'm' ? codes : undefined, text}
  })
  let style
  return parts
    .map(({codes, text}) => {
      if (codes !== undefined && codes !== '')
        style = codes
          .split(';')
          .map(code => COLOURS[code])
          .find(Boolean)
      return style === undefined || text === '' ? escaped(text) : `<tspan class="${style}">${escaped(text)}</tspan>`
    })
    .join('')
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
