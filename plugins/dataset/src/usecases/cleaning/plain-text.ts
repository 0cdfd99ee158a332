import {cleanInvisible, stripMarkup} from '../../text/index.js'

/**
 * A mark of a style whose partner is missing, as exports of edited posts have it: at the edge of a Russian word, at the edge of
 * a line, or between two Russian words. Stars inside a word hide letters, those beside Latin words are code.
 */
const STRAY_MARKS =
  /(?<![\p{L}\p{N}*_~])(?:\*\*|__|~~)+(?=\s?[\p{Script=Cyrillic}«„]|["(\d]|[^\S\n]*$)|(?<=[\p{Script=Cyrillic}»"”).,!?…:;%]\s?)(?:\*\*|__|~~)+(?![\p{L}\p{N}*_~])|(?<=\d)(?:\*\*|__|~~)+(?=[,.;:!?)»]|[^\S\n]\p{Script=Cyrillic})/gmu

/** `содерж**а**т`: two marks in one word are a style, one hides letters. */
const STYLED_LETTERS = /(?<=\p{Script=Cyrillic})\*\*(?<letters>\p{Script=Cyrillic}+)\*\*(?=\p{Script=Cyrillic})/gu

/** Telegram Markdown as plain text: trimmed lines, none of them blank, no double spaces. */
export function plainText(markup: string): string {
  return withoutStrayMarks(cleanInvisible(stripMarkup(markup).text))
    .split('\n')
    .map(line => line.replaceAll(/ {2,}/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}

function withoutStrayMarks(text: string): string {
  if (!/\*\*|__|~~/u.test(text)) return text
  return text.replaceAll(STYLED_LETTERS, '$<letters>').replaceAll(STRAY_MARKS, '')
}
