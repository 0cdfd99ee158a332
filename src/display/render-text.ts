import {styleText} from 'node:util'

import {printableText, type Language, type TextBlock} from '@ep23/sdk'

import {renderTable} from './table.js'
import {inOneLanguage} from './in-one-language.js'
import {rulerFor, type Display} from './text-ruler.js'
import type {Translate} from '../language/static-words.js'

/** Where a text goes. */
interface Output {
  isTTY?: boolean
  columns?: number
  getColorDepth?: (env?: NodeJS.ProcessEnv) => number
}

const FORMATS = {good: 'green', warning: 'yellow', bad: 'red', quiet: 'dim'} as const

/** The lines of a text: as wide as the terminal; in a pipe a row is a line, whatever its length. */
export async function renderText(
  blocks: readonly TextBlock[],
  output: Output,
  language: Language = 'en',
  translate: Translate = english => english,
): Promise<string[]> {
  const text = await inOneLanguage(blocks, language, translate)
  if (text.every(block => typeof block === 'string')) return text.map(printableText)
  const display = await displayFor(text, output)
  return text.flatMap(block => renderBlock(block, display))
}

async function displayFor(text: readonly TextBlock<string>[], output: Output): Promise<Display> {
  const ruler = await rulerFor(text.flatMap(textsOf), output.isTTY === true)
  return {...ruler, columns: output.isTTY ? output.columns || 80 : Number.POSITIVE_INFINITY, paint: painter(output)}
}

function textsOf(block: TextBlock<string>): string[] {
  if (typeof block === 'string') return []
  if ('text' in block) return [block.text]
  const cells = block.rows.flat().map(cell => (typeof cell === 'string' ? cell : cell.text))
  return [...block.columns.map(({title}) => title), ...cells]
}

/** What does not fit begins further right, so that the next sentence is seen to be one. */
const HANGING = '  '

function renderBlock(block: TextBlock<string>, display: Display): string[] {
  if (typeof block === 'string') return [printableText(block)]
  if (!('text' in block)) return renderTable(block, display)
  const indent = /^ */u.exec(block.text)?.[0] ?? ''
  const lines = display.wrap(printableText(block.text.trim()), display.columns - indent.length - HANGING.length)
  return lines.map((line, index) => display.paint(`${indent}${index === 0 ? '' : HANGING}${line}`, block.tone))
}

/** One bit of colour is what `NO_COLOR` and `TERM=dumb` leave. */
function painter({isTTY, getColorDepth}: Output): Display['paint'] {
  const isColoured = isTTY === true && (getColorDepth?.() ?? 1) > 1
  return (text, tone) =>
    tone === undefined || !isColoured ? text : styleText(FORMATS[tone], text, {validateStream: false})
}
