import type {JsonStretch} from './json-elements.js'

/**
 * V8 tells most positions as "… in JSON at position 17 (line 1 column 18)", within the text that it was given: the same with
 * the byte and the line in the file.
 */
export function syntaxReason(message: string, text: string, element: JsonStretch): {reason: string; line: number} {
  const [, what = message, position = 0] = /^(.*?) (?:in JSON )?at position (\d+)/su.exec(message) ?? []
  const before = text.slice(0, Number(position))
  const byte = element.offset + Buffer.byteLength(before)
  const line = element.line + before.split('\n').length - 1
  return {reason: `invalid JSON at byte ${byte}: ${what}`, line}
}
