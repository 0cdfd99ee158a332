import {badDataError, type Message, usageError} from '@ep23/sdk'

import type {InvalidRecord, IncomingDocument} from '../../domain/file-record.js'
import {decodeUtf8, MOST_RECORD_BYTES} from './byte-window.js'
import {openBytes, filesAt} from './files-at.js'
import {FileProblem, boundedRaw, boundedRawBytes} from './formats/problems.js'
import {splitRecords, type RawRecord} from './split-records.js'
import {message} from '../../words/words.js'

interface DocumentRecordsOptions {
  signal: AbortSignal
  /** Receives what is refused; without it the first such record is an error. */
  onInvalid?: (invalid: InvalidRecord) => void
}

const CORRECT_IT = message('correctFile')

/**
 * Streams ready documents of a file, gzipped or not, or of the files of a folder: JSON Lines, a JSON array, or documents
 * printed over several lines, in plain or Extended JSON. A record that cannot be read comes with its problem.
 * @throws Ep23Error USAGE (64) for a path that is not there and for a folder without files, SOURCE_INVALID (65) with file and line for the first refused
 * record when there is no `onInvalid`
 */
export async function* documentRecords(
  path: string,
  {signal, onInvalid}: DocumentRecordsOptions,
): AsyncGenerator<IncomingDocument> {
  const files = await filesAt(path)
  if (files.length === 0) throw usageError(message('folderHasNoFiles', {path}), [message('nameFileOrFolder')])
  for (const file of files) {
    let line = 0
    const rejector = (at: number, raw: string) => (reason: Message) => {
      if (!onInvalid) throw badDataError('SOURCE_INVALID', message('atLine', {file, at, reason}), [CORRECT_IT])
      onInvalid({file, line: at, reason, raw})
    }
    const bytes = openBytes(file, signal)
    try {
      for await (const record of splitRecords(bytes)) {
        line = record.line
        yield {...parsed(record), reject: rejector(line, rawOf(record))}
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      yield {value: undefined, problem: error.reason, reject: rejector(line + 1, '')}
    } finally {
      await bytes.return(undefined)
    }
  }
}

function parsed({bytes}: RawRecord): Pick<IncomingDocument, 'value' | 'problem'> {
  if (bytes === undefined)
    return {value: undefined, problem: message('longerThanMib', {mebibytes: MOST_RECORD_BYTES / 2 ** 20})}
  const text = decodeUtf8(bytes)
  if (text === undefined) return {value: undefined, problem: message('notUtf8')}
  try {
    return {value: parseDocumentJson(text)}
  } catch (error) {
    const reason = (error as SyntaxError).message.replace(/ \(line \d+ column \d+\)$/u, '')
    return {value: undefined, problem: message('invalidJson', {problem: reason})}
  }
}

function rawOf({bytes}: RawRecord): string {
  return bytes === undefined ? '' : boundedRaw(boundedRawBytes(bytes))
}

/** What MongoDB's Extended JSON may wrap. */
const WRAPPED = /"\$(?:date|oid|uuid|symbol|number(?:Int|Long|Double|Decimal))"/u
const LONG_NUMBER = /\d{16}/u

/**
 * A document's JSON, also MongoDB's Extended JSON, canonical or relaxed. An integer that no JavaScript number holds becomes a
 * BigInt, so that nothing is rounded unnoticed. Throws a SyntaxError.
 */
function parseDocumentJson(text: string): unknown {
  if (!WRAPPED.test(text) && !LONG_NUMBER.test(text)) return JSON.parse(text) as unknown
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) => {
    if (typeof value === 'number') return exactNumber(value, context?.source)
    return typeof value === 'object' && value !== null ? unwrapped(value) : value
  })
}

// The third parameter is newer than TypeScript's own declaration (https://github.com/tc39/proposal-json-parse-with-source).
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: {source?: string}) => unknown,
) => unknown

function exactNumber(value: number, source = ''): number | bigint {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/u.test(source) ? BigInt(source) : value
}

// Extended JSON wraps a value in an object of one field.
function unwrapped(value: object): unknown {
  const [first, ...others] = Object.entries(value) as [string, unknown][]
  if (first === undefined || others.length > 0) return value
  const [name, inner] = first
  if (name === '$date') return dateOf(inner) ?? value
  if (typeof inner !== 'string') return value
  if (name === '$oid' || name === '$uuid' || name === '$symbol') return inner
  return /^\$number(?:Int|Long|Double|Decimal)$/u.test(name) ? exactNumber(Number(inner), inner) : value
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === 'string' || typeof value === 'number' ? new Date(value) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date
}
