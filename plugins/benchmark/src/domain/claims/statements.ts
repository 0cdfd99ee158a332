import {splitSentences, words} from '@ep23/plugin-dataset/text'

/** What a digest states: a sentence of one of its items. */
export interface Statement {
  text: string
  /** [start, end) in the summary. */
  place: readonly [start: number, end: number]
}

const HEADING = /^#{1,6}\s.*$/gmu
const ITEM_MARK = /^[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n]+/gmu
const LINK = /\[[^\]\n]*\]\([^)\n]*\)|https?:\/\/\S+/gu

/** Fewer words state nothing: "Коротко:", a name of a section. */
const FEWEST_WORDS = 3

/**
 * The statements of a digest in their order. Headings, marks of lists and links are no statements; a place is where the sentence
 * stands in the summary as it is.
 * @example statementsOf('- Открыли мост. Он длиной 2 км. [пост](https://t.me/a/1)').map(({text}) => text) // ['Открыли мост.', 'Он длиной 2 км.']
 */
export function statementsOf(summary: string): Statement[] {
  const plain = [HEADING, ITEM_MARK, LINK, /[*_`]/gu].reduce((text, marks) => text.replaceAll(marks, blanks), summary)
  return splitSentences(plain).flatMap(({start, end}) => {
    const text = plain.slice(start, end)
    const from = start + text.length - text.trimStart().length
    const said = text.trim().replaceAll(/\s+/gu, ' ')
    return words(said).length < FEWEST_WORDS ? [] : [{text: said, place: [from, from + text.trim().length] as const}]
  })
}

// The length stays, so that places stay.
function blanks(text: string): string {
  return text.replaceAll(/[^\n]/gu, ' ')
}
