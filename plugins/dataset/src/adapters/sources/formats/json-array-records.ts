import {isObject, type Message, errorMessage} from '@ep23/sdk'

import {decodeUtf8} from '../byte-window.js'
import type {FileReading, RecordBatch} from './map-records.js'
import {boundedRawBytes, type RecordPlace} from './problems.js'
import type {JsonCursor} from './json-cursor.js'
import {jsonElements, splitElements, type JsonStretch, type RecordShape} from './json-elements.js'
import {lenientJson, salvage} from './record-recovery.js'
import {message as say} from '../../../words/words.js'

/**
 * The elements of the array at the cursor, parsed many at once; when that fails one by one, to find the culprit. An element
 * that is not UTF-8 or not JSON is rejected alone: the reading goes on with the next record, which is known by its braces.
 */
export async function* jsonArrayRecords(cursor: JsonCursor, reading: FileReading): AsyncGenerator<RecordBatch> {
  const shape: RecordShape = {}
  let before = 0
  for await (const stretch of jsonElements(cursor, shape)) {
    const values = stretch.damage === undefined ? parseTogether(stretch.bytes) : undefined
    if (values === undefined) before += yield* oneByOne(stretch, before, shape, reading)
    else {
      shape.keys ??= keysOf(values[0])
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
  shape: RecordShape,
  reading: FileReading,
): Generator<RecordBatch, number> {
  let count = 0
  const elements = stretch.damage === undefined ? splitElements(stretch) : [stretch]
  for (const element of elements)
    for (const part of partsOf(element, shape)) {
      count += 1
      const place = placeOf(part, before + count)
      const value = valueOf(part, place, reading)
      if (value === undefined) continue
      shape.keys ??= keysOf(value)
      yield {values: [value], place: () => place}
    }
  return count
}

// An element that is JSON is itself; one that is not may have swallowed others.
function partsOf(element: JsonStretch, {keys}: RecordShape): JsonStretch[] {
  if (element.damage === undefined && isJson(element.bytes)) return [element]
  const parts = salvage(element.bytes, keys)
  return parts.length === 0 ? [element] : parts.map(part => stretchOf(element, part))
}

function stretchOf(element: JsonStretch, {begin, end}: {begin: number; end: number}): JsonStretch {
  const before = element.bytes.subarray(0, begin).toString('latin1')
  const line = element.line + before.split('\n').length - 1
  return {...element, bytes: element.bytes.subarray(begin, end), offset: element.offset + begin, line}
}

function isJson(bytes: Buffer): boolean {
  try {
    lenientJson(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** Undefined when the element was rejected. */
function valueOf(element: JsonStretch, place: RecordPlace, reading: FileReading): unknown {
  const text = element.bytes.toString('utf8')
  try {
    const value = lenientJson(text)
    if (decodeUtf8(element.bytes) !== undefined) return value
    reading.reject(place, say('notUtf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const {reason, line} = syntaxReason(error.message, text, element)
    reading.reject({...place, line}, element.damage ?? reason)
  }
  return undefined
}

function keysOf(value: unknown): readonly string[] | undefined {
  return isObject(value) ? Object.keys(value) : undefined
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

/**
 * V8 tells most positions as "… in JSON at position 17 (line 1 column 18)", within the text that it was given: the same with
 * the byte and the line in the file.
 */
function syntaxReason(message: string, text: string, element: JsonStretch): {reason: Message; line: number} {
  const [, what = message, position = 0] = /^(.*?) (?:in JSON )?at position (\d+)/su.exec(message) ?? []
  const before = text.slice(0, Number(position))
  const byte = element.offset + Buffer.byteLength(before)
  const line = element.line + before.split('\n').length - 1
  return {reason: say('invalidJsonAt', {byte, problem: errorMessage(new SyntaxError(what))}), line}
}
