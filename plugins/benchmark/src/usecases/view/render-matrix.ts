import {boundsText, numberText} from '@ep23/report/numbers'

import type {MatrixCell, WriterMatrix} from '../../domain/view-charts.js'

const STANDINGS = {best: 'best', worse: 'worse', same: 'not told apart', uncompared: 'not compared'} as const

/** Rows of a score: writers by judges, the best first. */
interface Row {
  cell: MatrixCell
  columns: readonly [writer: string, judge: string, mean: string, interval: string, standing: string]
}

/** The matrix as lines for a terminal, a table a score. */
export function renderMatrix({scores, cells}: WriterMatrix): string[] {
  return scores.flatMap(score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const widths = [0, 1, 2, 3].map(column => Math.max(0, ...rows.map(({columns}) => columns[column]?.length ?? 0)))
    return [
      score,
      ...rows.map(({columns}) => `  ${columns.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd()),
      '',
    ]
  })
}

/** The same as Markdown, for a repository or a pull request. */
export function matrixMarkdown({scores, cells}: WriterMatrix): string {
  const tables = scores.map(score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const lines = rows.map(({columns}) => `| ${columns.map(escaped).join(' | ')} |`)
    return [
      `## ${score}`,
      '',
      '| Writer | Judge | Mean | Interval | Against the best |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n')
  })
  return `${tables.join('\n')}\nDifferences on the digests that both wrote, channels as clusters, p by Holm over the whole table.\n`
}

function rowsOf(cells: readonly MatrixCell[]): Row[] {
  const sorted = cells.toSorted((a, b) => (a.judge === b.judge ? b.mean - a.mean : a.judge < b.judge ? -1 : 1))
  return sorted.map(cell => ({
    cell,
    columns: [
      cell.anew ? `${cell.writer}, anew` : cell.writer,
      cell.judge,
      numberText(cell.mean),
      boundsText(cell),
      STANDINGS[cell.standing],
    ],
  }))
}

function escaped(text: string): string {
  return text.replaceAll(/[|\\`*_<>[\]]/gu, String.raw`\$&`)
}
