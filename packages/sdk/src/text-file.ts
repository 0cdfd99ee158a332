import {isUtf8} from 'node:buffer'
import * as fs from 'node:fs'
import {open, readFile} from 'node:fs/promises'

import {badDataError, type Ep23Error, hasCode} from './command/errors.js'
import {systemError} from './command/system-errors.js'
import {errorMessage} from './command/error-message.js'
import {words} from './words/words.js'
import type {Text} from './messages.js'

const MEBIBYTE = 1024 * 1024
/** What people write by hand and programs read whole: settings, scenarios, keys, templates. */
const MOST_BYTES = 16 * MEBIBYTE

/**
 * A file's text, read whole, where a device, a pipe or a mistaken path can be no more than `mostBytes`.
 * @throws Ep23Error USAGE (64), NOT_PERMITTED (77); FILE_TOO_LARGE or FILE_NOT_UTF8 (65)
 */
export async function readTextFile(path: string, mostBytes = MOST_BYTES): Promise<string> {
  const bytes = await readFileBytes(path, mostBytes)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw badDataError('FILE_NOT_UTF8', words.message('notUtf8', {path}), [words.message('checkRightFile')])
}

/** The text of a file of ep23's own, of whatever size; undefined where there is none. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
}

/** A file's bytes, at most so many of them. @throws as `readTextFile` */
export async function readFileBytes(path: string, mostBytes: number): Promise<Buffer> {
  // Streams take 5 ms of a start to load, and the settings are a small file.
  if (isSmallFile(path, mostBytes)) return readSmallFile(path)
  const pieces: Buffer[] = []
  let length = 0
  try {
    const file = await open(path)
    try {
      // Not to its size: devices and pipes have none.
      for await (const piece of file.createReadStream({highWaterMark: MEBIBYTE, autoClose: false})) {
        pieces.push(piece as Buffer)
        length += (piece as Buffer).length
        if (length > mostBytes) throw tooLarge(path, mostBytes)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw systemError(error, path) ?? error
  }
  return Buffer.concat(pieces)
}

const SMALL_BYTES = 64 * 1024

function isSmallFile(path: string, mostBytes: number): boolean {
  try {
    const stats = fs.statSync(path)
    // Files of the kernel have no size.
    return stats.isFile() && stats.size > 0 && stats.size <= Math.min(SMALL_BYTES, mostBytes)
  } catch {
    return false
  }
}

function readSmallFile(path: string): Buffer {
  try {
    return fs.readFileSync(path)
  } catch (error) {
    throw systemError(error, path) ?? error
  }
}

function tooLarge(path: string, mostBytes: number): Ep23Error {
  return badDataError(
    'FILE_TOO_LARGE',
    words.message('tooLarge', {path, mebibytes: Math.round(mostBytes / MEBIBYTE)}),
    [words.message('checkRightFile')],
  )
}

/**
 * JSON of a file that others may have written or changed.
 * @param code of the error, exit 65
 */
export function parseJson(text: string, {file, code}: {file: Text; code: string}): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const reason = error instanceof RangeError ? words.message('nestedTooDeeply') : errorMessage(error)
    throw badDataError(code, words.message('notJson', {file, reason}), [words.message('bringBack')], error)
  }
}

/** Deeper than anybody writes; parsers take minutes for some hundred explicit keys within each other. */
const MOST_DEPTH = 200
const NESTED_INDICATORS = /(?:[?-]\s+){50}|^(?: |[?-] ){120}/mu

/** No YAML may hold them; a parser takes some and cannot write them again. */
const CONTROL = /[^\P{Cc}\t\n\r\u0085]/u

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > MOST_DEPTH) return true
  }
  return NESTED_INDICATORS.test(text)
}

/**
 * Runs a parser on a file's text and names the file when the text is made to hurt it: aliases that expand without bound,
 * brackets nested until the stack ends.
 * @param code of the error, exit 65
 */
export function parseGuarded<T>({file, text, code}: {file: string; text: string; code: string}, parse: () => T): T {
  const tooDeep = (cause?: unknown): Error =>
    badDataError(code, words.message('nestedOrCircular', {file}), [words.message('writeFlat')], cause)
  if (isTooDeep(text)) throw tooDeep()
  const control = text.search(CONTROL)
  if (control >= 0)
    throw badDataError(
      code,
      words.message('controlCharacter', {file, line: text.slice(0, control).split('\n').length}),
      [words.message('takeItOut')],
    )
  try {
    const parsed = parse()
    if (isPlain(parsed) && holdsItself(parsed)) throw tooDeep()
    return parsed
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(error)
    if (!/alias/iu.test((error as Error).message) || 'exit' in (error as Error)) throw error
    const before = text.slice(0, Math.max(0, text.search(/(?<=[\s[,{:-])\*[^\s,\]}]/u)))
    throw badDataError(
      code,
      words.message('aliases', {file, line: before.split('\n').length, problem: errorMessage(error)}),
      [words.message('writeValuesOut')],
      error,
    )
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

/** YAML lets an anchor stand within itself (`a: &a {b: *a}`): nothing can walk or write such a value to its end. */
function holdsItself(value: object, above: ReadonlySet<object> = new Set()): boolean {
  if (above.has(value)) return true
  const path = new Set(above).add(value)
  return Object.values(value).some(part => isPlain(part) && holdsItself(part, path))
}
