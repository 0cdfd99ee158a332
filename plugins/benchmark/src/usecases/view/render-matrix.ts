import {boundsText, numberText} from '@ep23/report/numbers'

import type {MatrixCell, WriterMatrix} from '../../domain/view-charts.js'
import {englishNameOf} from '../../domain/messages/names.js'
import {message} from '../../words/words.js'
import {englishOf, type Message, type Text, type TextBlock} from '@ep23/sdk'

const STANDINGS = {
  best: message('best'),
  worse: message('worse'),
  same: message('notToldApart'),
  uncompared: message('notCompared'),
} as const

/** Rows of a score: writers by judges, the best first. */
interface Row {
  cell: MatrixCell
  columns: readonly [writer: Text, judge: string, mean: string, interval: string, standing: Message]
}

/** The matrix as lines for a terminal, a table a score. */
export function renderMatrix({scores, cells}: WriterMatrix): TextBlock[] {
  return scores.flatMap(score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const [writer, judge, ...numbers] = ['writer', 'judge', 'mean', 'interval']
    return [
      englishNameOf(score),
      {
        columns: [
          {title: writer ?? '', kind: 'name'},
          {title: judge ?? '', kind: 'name'},
          ...numbers.map(title => ({title, kind: 'number'}) as const),
          {title: 'against the best', kind: 'name'},
        ],
        rows: rows.map(({columns}) => columns),
      },
      '',
    ]
  })
}

/** The same as Markdown, for a repository or a pull request. */
export function matrixMarkdown({scores, cells}: WriterMatrix): string {
  const tables = scores.map(score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const lines = rows.map(({columns}) => `| ${columns.map(text => escaped(englishOf(text))).join(' | ')} |`)
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
      cell.anew ? message('anew', {writer: cell.writer}) : cell.writer,
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
