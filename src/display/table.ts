import {printableLine, type Cell as AnyCell, type Table, type TableColumn} from '@ep23/sdk'

import type {Display} from './text-ruler.js'

const GAP = '  '
/** A column of text narrower than this is read letter by letter. */
const NARROWEST = 10

type Cell = AnyCell<string>
type Row = readonly Cell[]
type Columns = readonly TableColumn<string>[]

/**
 * Rows in columns that fit the terminal: numbers and names keep their widths, texts share the rest. Where that is too little, each row
 * is a paragraph.
 */
export function renderTable({columns, rows}: Table<string>, display: Display): string[] {
  if (rows.length === 0) return []
  const titles = columns.map(({title}) => ({text: title, tone: 'quiet'}) as const)
  const shown: readonly Row[] = columns.some(({title}) => title !== '') ? [titles, ...rows] : rows
  const widths = fit(columns, naturalWidths(columns, shown, display), display.columns)
  return widths === undefined
    ? rows.flatMap(row => renderParagraph(columns, row, display))
    : shown.flatMap(row => renderRow(columns, widths, row, display))
}

const textOf = (cell: Cell = ''): string => printableLine(typeof cell === 'string' ? cell : cell.text)
const toneOf = (cell: Cell = '') => (typeof cell === 'string' ? undefined : cell.tone)

function naturalWidths(columns: Columns, rows: readonly Row[], {width}: Display): number[] {
  return columns.map((_, index) => Math.max(...rows.map(row => width(textOf(row[index])))))
}

/** The widths of the columns; undefined where the texts would get too little. */
function fit(columns: Columns, natural: readonly number[], width: number): readonly number[] | undefined {
  const room = width - GAP.length * (columns.length - 1)
  if (sum(natural) <= room) return natural
  const isText = columns.map(({kind = 'text'}) => kind === 'text' || kind === 'clip')
  const texts = natural.filter((_, index) => isText[index])
  const most = largestShare(texts, room - sum(natural) + sum(texts))
  return most < NARROWEST ? undefined : natural.map((each, index) => (isText[index] ? Math.min(each, most) : each))
}

/** The most that each text may have of the room: short ones leave theirs to the long. */
function largestShare(texts: readonly number[], room: number): number {
  let [left, count] = [room, texts.length]
  for (const each of texts.toSorted((a, b) => a - b)) {
    if (each > left / count) break
    left -= each
    count -= 1
  }
  return count === 0 ? 0 : Math.floor(left / count)
}

const sum = (widths: readonly number[]): number => widths.reduce((total, each) => total + each, 0)

function renderRow(columns: Columns, widths: readonly number[], row: Row, display: Display): string[] {
  const cells = columns.map(({kind}, index) => {
    const [text, width] = [textOf(row[index]), widths[index] ?? 0]
    const lines = kind === 'clip' ? [display.clip(text, width)] : display.wrap(text, width)
    return lines.map(line => pad(line, width - display.width(line), kind))
  })
  const height = Math.max(...cells.map(lines => lines.length))
  return Array.from({length: height}, (_, line) => {
    const pieces = cells.map((lines, index) => lines[line] ?? ' '.repeat(widths[index] ?? 0))
    return joined(pieces, row, display)
  })
}

function pad(text: string, missing: number, kind: TableColumn['kind']): string {
  const space = ' '.repeat(Math.max(0, missing))
  return kind === 'number' ? `${space}${text}` : `${text}${space}`
}

/** Without the spaces at the end, also where they would be painted. */
function joined(pieces: readonly string[], row: Row, {paint}: Display): string {
  const painted = (text: string, cell: Cell | undefined) => paint(text, toneOf(cell))
  const last = pieces.findLastIndex(text => text.trim() !== '')
  return pieces
    .slice(0, last + 1)
    .map((text, index) => (text.trim() === '' ? text : painted(index === last ? text.trimEnd() : text, row[index])))
    .join(GAP)
}

/** `WORSE  rouge_l`, and below it each number beside its title, as many on a line as fit. */
function renderParagraph(columns: Columns, row: Row, display: Display): string[] {
  const numbers = columns.findIndex(({kind}) => kind === 'number')
  const head = Math.max(1, Math.min(2, numbers))
  const isFilled = (cell: Cell | undefined): boolean => textOf(cell) !== ''
  const named = row.slice(0, head).filter(isFilled)
  const facts = columns
    .map(({title}, index) => ({title, cell: row[index]}))
    .filter(({cell}, index) => index >= head && isFilled(cell))
    .map(({title, cell}) => `${title} ${textOf(cell)}`.trim())
  const lines = flowed(facts, display.columns - GAP.length, display)
  return [named.map(cell => display.paint(textOf(cell), toneOf(cell))).join(GAP), ...lines.map(line => `${GAP}${line}`)]
}

function flowed(items: readonly string[], columns: number, {width, wrap}: Display): string[] {
  const lines: string[] = []
  for (const item of items) {
    const longer = `${lines.at(-1)}, ${item}`
    if (lines.length > 0 && width(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(...wrap(item, columns))
  }
  return lines
}
