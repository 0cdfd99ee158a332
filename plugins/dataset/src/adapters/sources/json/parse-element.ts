import {decodeUtf8} from '../bytes/decode-utf8.js'
import {FileProblem} from '../records/file-problem.js'
import type {FileReading} from '../records/file-reading.js'
import type {RecordPlace} from '../records/record-place.js'
import type {JsonStretch} from './json-elements.js'
import type {ParseJson} from './parse-json.js'

/**
 * The value of one array element; undefined when it was rejected because it is not UTF-8.
 * @throws FileProblem with the byte and line where it is not JSON.
 */
export function parseElement(
  element: JsonStretch,
  place: RecordPlace,
  reading: FileReading,
  parseJson: ParseJson,
): unknown {
  const text = decodeUtf8(element.bytes)
  const value = parseOrEndFile(text ?? element.bytes.toString('utf8'), element, place, parseJson)
  if (text !== undefined) return value
  reading.reject(place, 'not valid UTF-8')
  return undefined
}

function parseOrEndFile(text: string, element: JsonStretch, place: RecordPlace, parseJson: ParseJson): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw syntaxProblem(error.message, text, element, place)
  }
}

// V8 tells most positions as "… in JSON at position 17 (line 1 column 18)", within the text that it was given.
function syntaxProblem(message: string, text: string, element: JsonStretch, place: RecordPlace): FileProblem {
  const [, what = message, position = 0] = /^(.*?) (?:in JSON )?at position (\d+)/u.exec(message) ?? []
  const before = text.slice(0, Number(position))
  const byte = element.offset + Buffer.byteLength(before)
  const line = element.line + before.split('\n').length - 1
  return new FileProblem(`invalid JSON at byte ${byte}: ${what}`, {...place, line})
}
