import {isObject} from '@ep23/sdk'

import {FIELD_NAMES, type Concept} from './field-names.js'
import {COMMA, isWhitespace, JsonScanner} from './json-scanner.js'

/** Where a whole record lies in some bytes: [begin, end). */
export interface FoundRecord {
  begin: number
  end: number
}

// A record begins after another one or after a comma, with a few bytes of anything between them.
const BEGINNING = /[,}\]](?:\s*|[^"{}[\],]{0,8})\{\s*"/gu
// Within a damaged stretch also at its beginning: the comma before it is not part of it.
const BEGINNING_INSIDE = /(?:^|[,}\]])(?:\s*|[^"{}[\],]{0,8})\{\s*"/gu
// What is tried for one candidate, and for all: damage of any kind must not cost minutes.
const LONGEST_TRY = 1024 * 1024
const MOST_TRIED = 64 * LONGEST_TRY

/**
 * Finds the next record after damage, by its braces: an object that is whole, that JSON.parse takes, and that looks like the
 * records before it (`reference` has the keys of one of them), or, when there is none, like a message.
 */
export function nextRecord(bytes: Buffer, reference: readonly string[] | undefined): FoundRecord | undefined {
  return recordsIn(bytes, reference, BEGINNING).next().value ?? undefined
}

/** The parts of a damaged stretch: what lies between the whole records in it, and these, in order. */
export function salvage(bytes: Buffer, reference: readonly string[] | undefined): FoundRecord[] {
  const parts: FoundRecord[] = []
  let done = 0
  for (const found of recordsIn(bytes, reference, BEGINNING_INSIDE)) {
    parts.push({begin: done, end: found.begin}, found)
    done = found.end
  }
  parts.push({begin: done, end: bytes.length})
  return parts.flatMap(part => trimmed(bytes, part))
}

function* recordsIn(
  bytes: Buffer,
  reference: readonly string[] | undefined,
  beginning: RegExp,
): Generator<FoundRecord, undefined> {
  // One character a byte, so that places in the text are places in the bytes.
  const beginnings = bytes.toString('latin1').matchAll(beginning)
  let [done, tried] = [0, 0]
  for (const match of beginnings) {
    const begin = match.index + match[0].indexOf('{')
    if (begin < done) continue
    const end = endOfObject(bytes, begin)
    if (end !== undefined && isRecord(parsed(bytes, begin, end), reference)) {
      yield {begin, end}
      done = end
    } else tried += (end ?? Math.min(bytes.length, begin + LONGEST_TRY)) - begin
    if (tried > MOST_TRIED) return
  }
}

function endOfObject(bytes: Buffer, begin: number): number | undefined {
  const scanner = new JsonScanner(false, true)
  const stop = scanner.scan(bytes.subarray(0, begin + LONGEST_TRY), begin)
  return scanner.stop === 'end' ? stop + 1 : undefined
}

function parsed(bytes: Buffer, begin: number, end: number): unknown {
  try {
    return lenientJson(bytes.toString('utf8', begin, end))
  } catch {
    return undefined
  }
}

function isRecord(value: unknown, reference: readonly string[] | undefined): boolean {
  if (!isObject(value)) return false
  if (reference !== undefined) return reference.filter(key => key in value).length * 2 >= reference.length
  const has = (concept: Concept): boolean => FIELD_NAMES[concept].some(name => name in value)
  return (has('date') || has('unixtime')) && (has('id') || has('text') || has('url'))
}

function trimmed(bytes: Buffer, {begin, end}: FoundRecord): FoundRecord[] {
  const isFiller = (at: number): boolean => bytes[at] === COMMA || isWhitespace(bytes[at])
  let [first, last] = [begin, end]
  while (first < last && isFiller(first)) first++
  while (last > first && isFiller(last - 1)) last--
  return first < last ? [{begin: first, end: last}] : []
}

// The end closes a string too: without that, each quote of an unclosed one would be tried to the end, in quadratic time.
const TOKEN = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|-?\bInfinity\b|\bNaN\b/gu
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|[^])/gu

/**
 * JSON.parse that also takes what known programs write against RFC 8259: `\x0B` (Telegram Desktop writes a control character
 * so, SerializeString in its export_output_json.cpp), and NaN and Infinity (Python's json.dumps), which become null. One such
 * message would otherwise be lost. Throws a SyntaxError.
 */
export function lenientJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const mended = text.replace(TOKEN, token => (token.startsWith('"') ? token.replace(ESCAPE, withoutHex) : 'null'))
    if (mended === text) throw error
    return JSON.parse(mended)
  }
}

function withoutHex(escape: string, hex?: string): string {
  return hex === undefined ? escape : `\\u00${hex}`
}
