import {createRequire} from 'node:module'

import {LOG_LEVELS, type Clock, type LogFields, type Logger, type LogLevel, type Service} from '@ep23/sdk'
import type Bunyan from 'bunyan'

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

/**
 * JSON lines in bunyan's format in `<directory>/<service>-YYYY-MM-DD.log`. bunyan is loaded with the first line that
 * is kept (12 ms); its own file streams are asynchronous and lose lines when the process exits, so there is one raw
 * stream, which adds `lvl` and `time_ns` (what a log agent needs) and writes synchronously. A line that cannot be
 * written costs one warning in all and never fails the command.
 */
export function createLogger(options: LoggerOptions): ProcessLogger {
  const {service, level: threshold, redactor} = options
  const file = openFile(options)
  const wallNanos = createWallNanos(options.clock)
  let bunyan: Bunyan | undefined

  function write(record: LineFields): void {
    if (file.append(lineOf(record), record.time)) options.onLine(record.lvl)
  }

  const log = (level: LogLevel) => (fields: LogFields, message: string) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(threshold)) return
    bunyan ??= openBunyan(service, write)
    bunyan[level](lineFields(options, {level, fields, now: wallNanos()}), redactor.text(message))
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

function openBunyan(name: string, write: (record: LineFields) => void): Bunyan {
  const {createLogger: create} = createRequire(import.meta.url)('bunyan') as typeof Bunyan
  const stream = {write: (record: object) => write(record as LineFields)}
  return create({name, streams: [{type: 'raw', level: 'debug', stream}]})
}

interface LineFields extends Record<string, unknown> {
  time: Date
  time_ns: string
  lvl: LogLevel
}

function lineFields(
  {context, position, redactor}: LoggerOptions,
  {level, fields, now}: {level: LogLevel; fields: LogFields; now: bigint},
): LineFields {
  const {spanId, ...inherited} = position()
  const own = Object.entries(redactor.value(fields) as object)
  return {
    ...inherited,
    stage: inherited.stage ?? context.stage,
    ...Object.fromEntries(own.map(([name, value]) => [RESERVED.has(name) ? `${name}_` : name, value])),
    run_id: context.run_id,
    trace_id: context.trace_id,
    span_id: spanId,
    epic_id: context.epic_id,
    lvl: level,
    time: nanosToDate(now),
    time_ns: String(now),
  }
}

// A line that no log agent would take is replaced by one that says so, with what identifies it.
function lineOf(record: LineFields): string {
  const line = JSON.stringify(record)
  if (line.length <= LONGEST_LINE) return line
  const known = Object.entries(record).filter(([name]) => RESERVED.has(name) || name === 'stage')
  return JSON.stringify({...Object.fromEntries(known), too_long: line.length})
}
