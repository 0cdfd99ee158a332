import {cleanInvisible, stripMarkup} from '../../text/index.js'

/** Telegram Markdown as plain text: trimmed lines, none of them blank, no double spaces. */
export function plainText(markup: string): string {
  return cleanInvisible(stripMarkup(markup).text)
    .split('\n')
    .map(line => line.replaceAll(/ {2,}/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}
