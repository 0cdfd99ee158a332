import {decodeUtf8} from '../bytes/decode-utf8.js'
import type {FileReading} from '../records/file-reading.js'
import type {RecordBatch} from '../records/record-batch.js'
import {boundedRawBytes, type RecordPlace} from '../records/record-place.js'
import type {JsonCursor} from './json-cursor.js'
import {jsonElements, splitElements, type JsonStretch} from './json-elements.js'
import {parseElement} from './parse-element.js'
import type {ParseJson} from './parse-json.js'

/**
 * The elements of the array at the cursor, parsed many at once; when that fails one by one, to find the culprit. An
 * element that is not UTF-8 is rejected alone; one that is not JSON ends the file, for its end cannot be trusted.
 */
export async function* jsonArrayRecords(
  cursor: JsonCursor,
  reading: FileReading,
  parseJson: ParseJson = JSON.parse,
): AsyncGenerator<RecordBatch> {
  let before = 0
  for await (const stretch of jsonElements(cursor)) {
    const values = parseTogether(stretch.bytes)
    if (values === undefined) before += yield* oneByOne(stretch, before, reading, parseJson)
    else {
      yield {values, place: placesIn(stretch, before)}
      before += values.length
    }
  }
}

function parseTogether(bytes: Buffer): unknown[] | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined) return undefined
  try {
    const values = JSON.parse(`[${text}]`) as unknown[]
    // No value at all: a comma too many.
    return values.length > 0 ? values : undefined
  } catch {
    return undefined
  }
}

function* oneByOne(
  stretch: JsonStretch,
  before: number,
  reading: FileReading,
  parseJson: ParseJson,
): Generator<RecordBatch, number> {
  const elements = splitElements(stretch)
  for (const [index, element] of elements.entries()) {
    const place = placeOf(element, before + index + 1)
    const value = parseElement(element, place, reading, parseJson)
    if (value !== undefined) yield {values: [value], place: () => place}
  }
  return elements.length
}

function placesIn(stretch: JsonStretch, before: number): (index: number) => RecordPlace {
  let elements: JsonStretch[] | undefined
  return index => {
    elements ??= splitElements(stretch)
    return placeOf(elements[index] ?? stretch, before + index + 1)
  }
}

function placeOf({bytes, line}: JsonStretch, record: number): RecordPlace {
  return {record, line, raw: boundedRawBytes(bytes)}
}
