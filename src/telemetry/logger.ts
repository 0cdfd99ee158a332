import {
  errorMessage,
  LOG_LEVELS,
  type Clock,
  type LogFields,
  type Logger,
  type LogLevel,
  type Message,
  type Service,
} from '@ep23/sdk'
import bunyan from 'bunyan'
import type {Redactor} from './redact.js'
import type {TracePosition} from './tracer.js'
import {createWallNanos, nanosToDate} from './wall-nanos.js'
import {message} from '../words/words.js'
import {closeSync, mkdirSync, openSync, writeSync} from 'node:fs'
import {join} from 'node:path'

/** What every line says about where it comes from. */
export interface LogContext {
  run_id: string
  trace_id: string
  epic_id: string
  /** Used for lines that name no stage themselves. */
  stage: string
}

interface LoggerOptions {
  service: Service
  level: LogLevel
  directory: string
  context: LogContext
  position: () => TracePosition
  clock: Clock
  redactor: Redactor
  /** Called for every line that is in the file. */
  onLine: (level: LogLevel) => void
  /** Called once, when lines cannot be written. */
  warn: (problem: Message) => void
}

export interface ProcessLogger extends Logger {
  close(): void
}

// The line's own fields; a caller's field of the same name gets an underscore.
const RESERVED = new Set('name hostname pid level msg time v lvl time_ns run_id trace_id span_id epic_id'.split(' '))

const LONGEST_LINE = 200_000

/**
 * bunyan's logger on one raw stream, which writes JSON lines to `<directory>/<service>-YYYY-MM-DD.log` at once: bunyan's own file
 * streams are asynchronous and lose lines when the process exits. A log agent needs `lvl` and `time_ns` besides. All fields of a call
 * pass through one serializer, the redactor. A line that cannot be written costs one warning in all and never fails the command.
 */
export function createLogger(options: LoggerOptions): ProcessLogger {
  const file = openFile(options)
  const logger = bunyan.createLogger({
    name: options.service,
    level: options.level,
    serializers: {fields: value => options.redactor.value(value)},
    streams: [{type: 'raw', level: options.level, stream: lineStream(options, file)}],
  })
  const log = (level: LogLevel) => (fields: LogFields, text: string) =>
    logger[level]({fields}, '%s', options.redactor.text(text))
  return {debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error'), close: () => file.close()}
}

function openFile({directory, service, warn}: LoggerOptions): DailyFile {
  let warned = false
  const onFailure = (error: unknown): void => {
    if (!warned) warn(message('logNotWritten', {directory, problem: errorMessage(error)}))
    warned = true
  }
  return createDailyFile({directory, name: service, onFailure})
}

/** bunyan's record of a call; `fields` are the caller's, redacted. */
interface BunyanRecord {
  name: string
  hostname: string
  pid: number
  level: number
  msg: string
  v: number
  fields: Readonly<Record<string, unknown>>
}

function lineStream(options: LoggerOptions, file: DailyFile): {write(record: object): void} {
  const wallNanos = createWallNanos(options.clock)
  return {
    write(given) {
      const record = given as BunyanRecord
      const now = wallNanos()
      const level = LOG_LEVELS.find(name => bunyan.nameFromLevel[record.level] === name) ?? 'info'
      const line = lineOf(recordOf(options, {record, level, now}))
      if (file.append(line, nanosToDate(now))) options.onLine(level)
    },
  }
}

interface Line {
  record: BunyanRecord
  level: LogLevel
  now: bigint
}

function recordOf({context, position}: LoggerOptions, {record, level, now}: Line): Record<string, unknown> {
  const {spanId, ...inherited} = position()
  const {name, hostname, pid, msg, v, fields} = record
  return {
    ...{name, hostname, pid, level: record.level},
    ...inherited,
    stage: inherited.stage ?? context.stage,
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [RESERVED.has(key) ? `${key}_` : key, value])),
    run_id: context.run_id,
    trace_id: context.trace_id,
    span_id: spanId,
    epic_id: context.epic_id,
    lvl: level,
    time_ns: String(now),
    ...{msg, time: nanosToDate(now), v},
  }
}

// A line that no log agent would take is replaced by one that says so, with what identifies it.
function lineOf(record: Record<string, unknown>): string {
  const line = JSON.stringify(record)
  if (line.length <= LONGEST_LINE) return line
  const known = Object.entries(record).filter(([name]) => RESERVED.has(name) || name === 'stage')
  return JSON.stringify({...Object.fromEntries(known), too_long: line.length})
}

/** Appends lines to one file a day. */
export interface DailyFile {
  /** False when the line could not be written. */
  append(line: string, at: Date): boolean
  close(): void
}

interface DailyFileOptions {
  directory: string
  /** Files are named `<name>-YYYY-MM-DD.log`, by the day in UTC, as the lines' times are. */
  name: string
  onFailure: (error: unknown) => void
}

/**
 * Lines are written synchronously, one write each, to a descriptor opened for appending: nothing is lost when the
 * process ends, whatever way, and lines of several processes do not mix. Files by day need no rotation, in which
 * short-lived processes would race. Only the owner may read them.
 */
export function createDailyFile({directory, name, onFailure}: DailyFileOptions): DailyFile {
  let opened: {day: string; descriptor: number} | undefined
  // After half a line (the disk was full), the next one starts on a line of its own.
  let lead = ''

  const close = (): void => {
    if (opened) closeSync(opened.descriptor)
    opened = undefined
  }

  function descriptorFor(day: string): number {
    if (opened?.day === day) return opened.descriptor
    close()
    mkdirSync(directory, {recursive: true, mode: 0o700})
    const descriptor = openSync(join(directory, `${name}-${day}.log`), 'a', 0o600)
    opened = {day, descriptor}
    lead = ''
    return descriptor
  }

  return {
    close,
    append(line, at) {
      try {
        const descriptor = descriptorFor(at.toISOString().slice(0, 10))
        const bytes = Buffer.from(`${lead}${line}\n`)
        const written = writeSync(descriptor, bytes)
        lead = written < bytes.length ? '\n' : ''
        if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes could be written`)
        return true
      } catch (error) {
        onFailure(error)
        return false
      }
    },
  }
}
