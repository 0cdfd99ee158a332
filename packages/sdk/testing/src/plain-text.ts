import {englishOf, isMessage, type Cell, type TextBlock} from '@ep23/sdk'

/** A command's English text without columns and colours: a line a row, its cells two spaces apart. */
export function plainText(text: readonly TextBlock[]): string[] {
  return text.flatMap(block => {
    if (typeof block === 'string' || isMessage(block) || 'text' in block) return [textOf(block)]
    return [block.columns.map(({title}) => title), ...block.rows].map(cells => cells.map(textOf).join('  ').trim())
  })
}

const textOf = (cell: Cell): string => englishOf(typeof cell === 'string' || isMessage(cell) ? cell : cell.text)
