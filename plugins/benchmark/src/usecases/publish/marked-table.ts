import {badDataError} from '@ep23/sdk'

import {COLUMNS} from './benchmark-rows.js'

export const BEGIN = '<!-- ep23:benchmarks:begin -->'
export const END = '<!-- ep23:benchmarks:end -->'

/** A page cut at its markers; `before` and `after` are never touched. */
export interface MarkedPage {
  before: string
  rows: string[][]
  after: string
  /** As the page writes line ends. */
  lineEnd: '\n' | '\r\n'
}

/** @throws Ep23Error BENCHMARK_BAD_PAGE (65) unless both markers stand there once, in order */
export function parsePage(text: string, path: string): MarkedPage {
  const [begin, end] = [placeOf(text, BEGIN, path), placeOf(text, END, path)]
  if (end < begin) throw badPage(path, `${END} stands before ${BEGIN}`)
  const inside = text.slice(begin + BEGIN.length, end)
  return {
    before: text.slice(0, begin + BEGIN.length),
    rows: tableRows(inside, path),
    after: text.slice(end),
    lineEnd: inside.startsWith('\r\n') ? '\r\n' : '\n',
  }
}

export function renderPage({before, rows, after, lineEnd}: MarkedPage): string {
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows].map(cells => `| ${cells.map(escapeCell).join(' | ')} |`)
  return [before, '', ...lines, '', after].join(lineEnd)
}

/** A page for a repository that has none yet. */
export function newPage(): string {
  return `# Performance benchmarks

Results of \`ep23 benchmark:run\`, published with \`ep23 benchmark:publish RUN\`. Scores run from 0 to 1; their intervals take the
samples of a channel as correlated. Rows of other judges, prompts or dataset roots must not be compared with each other:
\`ep23 benchmark:compare\` says whether two runs may be. What stands between the markers is rewritten, everything else is yours.

${BEGIN}
${END}
`
}

function placeOf(text: string, marker: string, path: string): number {
  const place = text.indexOf(marker)
  if (place < 0) throw badPage(path, `it has no ${marker}`)
  if (text.includes(marker, place + 1)) throw badPage(path, `it has ${marker} twice`)
  return place
}

function badPage(path: string, reason: string): Error {
  return badDataError('BENCHMARK_BAD_PAGE', `${path} cannot be updated: ${reason}`, [
    `put ${BEGIN} and ${END} on lines of their own, where the table shall stand`,
  ])
}

function tableRows(text: string, path: string): string[][] {
  const lines = text.split(/\r?\n/u).filter(line => line.trim() !== '')
  return lines.slice(2).map(line => {
    const cells = line
      .trim()
      .replace(/^\||\|$/gu, '')
      .split(/(?<!\\)\|/u)
      .map(cell => unescapeCell(cell.trim()))
    if (cells.length !== COLUMNS.length)
      throw badPage(path, `a row between the markers has ${cells.length} cells, ${COLUMNS.length} are expected`)
    return cells
  })
}

function escapeCell(cell: string): string {
  return cell.replaceAll(/\\|\|/gu, String.raw`\$&`).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}

function unescapeCell(cell: string): string {
  return cell.replaceAll(/\\([\\|])/gu, '$1')
}
