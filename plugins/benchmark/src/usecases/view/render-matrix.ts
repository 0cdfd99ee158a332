import {boundsText, numberText} from '@ep23/report/numbers'

import type {MatrixCell, WriterMatrix} from '../../domain/view-charts.js'
import {localizedNumbers} from '../../domain/messages/localized-text.js'
import {englishNameOf, nameIn} from '../../domain/messages/names.js'
import {catalogue, message} from '../../words/words.js'
import {inLanguage, type Language, type Message, type Text, type TextBlock} from '@ep23/sdk'

const STANDINGS = {
  best: message('best'),
  worse: message('worse'),
  same: message('notToldApart'),
  uncompared: message('notCompared'),
} as const

/** Rows of a score: writers by judges, the best first. */
interface Row {
  cell: MatrixCell
  columns: readonly [writer: Text, judge: string, mean: string, interval: string, shared: string, standing: Message]
}

/** The matrix as lines for a terminal, a table a score. */
export function renderMatrix({scores, cells}: WriterMatrix): TextBlock[] {
  return scores.flatMap(score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const [writer, judge, ...numbers] = ['writer', 'judge', 'mean', 'interval', 'shared']
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

/** Not shown where Markdown is rendered. */
const MARK = '<!-- ep23 benchmark:matrix -->'

/** The same as Markdown, for a repository or a pull request, in a person's language. */
export async function matrixMarkdown({scores, cells}: WriterMatrix, language: Language): Promise<string> {
  const words = await catalogue(language)
  const tables = scores.map(async score => {
    const rows = rowsOf(cells.filter(cell => cell.score === score))
    const lines = await Promise.all(rows.map(async ({columns}) => markdownRow(columns, language)))
    return [
      `## ${nameIn(score, language)}`,
      '',
      words.matrixColumns,
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n')
  })
  return `${MARK}\n\n${(await Promise.all(tables)).join('\n')}\n${words.matrixNote}\n`
}

async function markdownRow(
  [writer, judge, mean, interval, shared, standing]: Row['columns'],
  language: Language,
): Promise<string> {
  const numbers = [mean, interval].map(text => localizedNumbers(text, language))
  const cells = [await inLanguage(writer, language), judge, ...numbers, shared, await standing.in(language)]
  return `| ${cells.map(escaped).join(' | ')} |`
}

function rowsOf(cells: readonly MatrixCell[]): Row[] {
  const sorted = cells.toSorted((a, b) => (a.judge === b.judge ? 0 : a.judge < b.judge ? -1 : 1))
  return sorted.map(cell => ({
    cell,
    columns: [
      cell.anew ? message('anew', {writer: cell.writer}) : cell.writer,
      cell.judge,
      numberText(cell.mean),
      boundsText(cell),
      cell.shared === null ? '—' : String(cell.shared),
      STANDINGS[cell.standing],
    ],
  }))
}

function escaped(text: string): string {
  return text.replaceAll(/[|\\`*_<>[\]]/gu, String.raw`\$&`)
}

/** Whether a file begins as one that was written before. */
export function isMatrixMarkdown(beginning: Buffer): boolean {
  return beginning.toString('utf8', 0, MARK.length) === MARK
}
