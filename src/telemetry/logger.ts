import {hostname} from 'node:os'

import {LOG_LEVELS, type Clock, type LogFields, type Logger, type LogLevel, type Service} from '@ep23/sdk'

import {createDailyFile, type DailyFile} from './daily-file.js'
import type {Redactor} from './redact.js'
import type {TracePosition} from './tracer.js'
import {createWallNanos, nanosToDate} from './wall-nanos.js'

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
  warn: (message: string) => void
}

export interface ProcessLogger extends Logger {
  close(): void
}

// The line's own fields; a caller's field of the same name gets an underscore.
const RESERVED = new Set('name hostname pid level msg time v lvl time_ns run_id trace_id span_id epic_id'.split(' '))

const LONGEST_LINE = 200_000

/** bunyan's numbers of the levels. */
const BUNYAN_LEVELS: Readonly<Record<LogLevel, number>> = {debug: 20, info: 30, warn: 40, error: 50}

/**
 * JSON lines in bunyan's format (its record version 0) in `<directory>/<service>-YYYY-MM-DD.log`, with `lvl` and `time_ns`, which a
 * log agent needs. bunyan itself is not loaded: its streams are asynchronous and lose lines when the process exits, and
 * all else it would do here is to add four fields, for some 25 modules and 15 ms. A line that cannot be written costs one
 * warning in all and never fails the command.
 */
export function createLogger(options: LoggerOptions): ProcessLogger {
  const {level: threshold, redactor} = options
  const file = openFile(options)
  const wallNanos = createWallNanos(options.clock)

  const log = (level: LogLevel) => (fields: LogFields, message: string) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(threshold)) return
    const record = recordOf(options, {level, fields, message: redactor.text(message), now: wallNanos()})
    if (file.append(lineOf(record), record.time)) options.onLine(level)
  }
  return {debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error'), close: () => file.close()}
}

function openFile({directory, service, warn}: LoggerOptions): DailyFile {
  let warned = false
  const onFailure = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error)
    if (!warned) warn(`log lines cannot be written to ${directory}: ${reason}`)
    warned = true
  }
  return createDailyFile({directory, name: service, onFailure})
}

interface LogRecord extends Record<string, unknown> {
  time: Date
}

function recordOf(
  {service, context, position, redactor}: LoggerOptions,
  {level, fields, message, now}: {level: LogLevel; fields: LogFields; message: string; now: bigint},
): LogRecord {
  const {spanId, ...inherited} = position()
  const own = Object.entries(redactor.value(fields) as object)
  return {
    name: service,
    hostname: hostname(),
    pid: process.pid,
    level: BUNYAN_LEVELS[level],
    ...inherited,
    stage: inherited.stage ?? context.stage,
    ...Object.fromEntries(own.map(([name, value]) => [RESERVED.has(name) ? `${name}_` : name, value])),
    run_id: context.run_id,
    trace_id: context.trace_id,
    span_id: spanId,
    epic_id: context.epic_id,
    lvl: level,
    time_ns: String(now),
    msg: message,
    time: nanosToDate(now),
    v: 0,
  }
}

// A line that no log agent would take is replaced by one that says so, with what identifies it.
function lineOf(record: LogRecord): string {
  const line = JSON.stringify(record)
  if (line.length <= LONGEST_LINE) return line
  const known = Object.entries(record).filter(([name]) => RESERVED.has(name) || name === 'stage')
  return JSON.stringify({...Object.fromEntries(known), too_long: line.length})
}
