import {isMessage, localNumbers, type Cell, type Language, type Message, type Text, type TextBlock} from '@ep23/sdk'
import type {Translate} from '../language/static-words.js'

/**
 * A command's text in a person's language: titles of tables by the static catalogues, columns of numbers by the language's rules;
 * other data stays as it is.
 */
export async function inOneLanguage(
  blocks: readonly TextBlock[],
  language: Language,
  translate: Translate,
): Promise<TextBlock<string>[]> {
  const messages = [...new Set(blocks.flatMap(textsOf).filter(isMessage))]
  const said = await Promise.all(messages.map(async message => message.in(language)))
  const spoken = new Map(messages.map((message, index) => [message, said[index] ?? message.english]))
  const inLanguage = (text: Text): string => (isMessage(text) ? (spoken.get(text) ?? '') : text)
  return blocks.map(block =>
    mapTexts(block, {
      text: inLanguage,
      title: title => unlessUnit(inLanguage(title), translate),
      number: text => localNumbers(inLanguage(text), language),
    }),
  )
}

function textsOf(block: TextBlock): Text[] {
  const found: Text[] = []
  const find = (text: Text): string => {
    found.push(text)
    return ''
  }
  mapTexts(block, {text: find, title: find, number: find})
  return found
}

/** A title that is a unit as well has its forms there: the last is that of many. */
function unlessUnit(title: string, translate: Translate): string {
  return translate(title).split('|').at(-1) ?? title
}

interface Maps {
  text: (text: Text) => string
  title: (title: Text) => string
  number: (text: Text) => string
}

function mapTexts(block: TextBlock, maps: Maps): TextBlock<string> {
  if (isText(block) || 'text' in block) return mapCell(block, maps.text)
  const columns = block.columns.map(column => ({...column, title: maps.title(column.title)}))
  const mapOf = (index: number) => (columns[index]?.kind === 'number' ? maps.number : maps.text)
  return {columns, rows: block.rows.map(row => row.map((cell, index) => mapCell(cell, mapOf(index))))}
}

function mapCell(cell: Cell, map: (text: Text) => string): Cell<string> {
  return isText(cell) ? map(cell) : {...cell, text: map(cell.text)}
}

function isText(block: TextBlock): block is string | Message {
  return typeof block === 'string' || isMessage(block)
}
