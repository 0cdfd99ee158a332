import {badDataError, type Ep23Error, type Message, joined} from '@ep23/sdk'

import type {InvalidRecord} from '../../domain/file-record.js'
import {type SourcePost, emptyTally, type SourceTally} from '../../domain/posts.js'
import {ZoneOffsets} from '../../domain/zone-offsets.js'
import {ByteWindow} from './byte-window.js'
import {openBytes, filesAt, isGzip} from './files-at.js'
import {FileProblem} from './formats/problems.js'
import {FileReading} from './formats/map-records.js'
import type {SourceZones} from './formats/source-format.js'
import {formatNamed, SOURCE_FORMATS} from './formats/source-formats.js'
import {followingPages, telegramDesktopHtml} from './formats/telegram-desktop-html.js'
import {fileHead, type FileHead} from './file-head.js'
import {UNREAD_FORMATS} from './formats/unread-formats.js'
import {message} from '../../words/words.js'

export interface ReadSourceOptions {
  /** Looked at before each piece of a file; the iteration ends with its reason. */
  signal?: AbortSignal
  /** Called, in the order of the files, for what cannot be used. Without it the first such record is an error. */
  onInvalid?: (invalid: InvalidRecord) => void
  /** Takes every file for this format instead of looking. */
  format?: string
  /** IANA zone of dates without an offset, whatever the format. Else they are UTC where the format has them from Telegram's API. */
  sourceTimeZone?: string | undefined
  /** IANA zone of the other dates without an offset, and of dates without a time. Without it such dates are invalid. */
  calendarTimeZone?: string | undefined
}

/** Posts of a source in batches, in the order of its files, to be gone through once; `tally` counts along. */
export interface SourceReading extends AsyncIterable<SourcePost[]> {
  readonly tally: SourceTally
  /** True of a source that forgets its posts: having none is no mistake then. */
  readonly mayBeEmpty?: boolean
}

/**
 * Reads the posts of a file, or of the files of a folder, in any of the formats of source-formats.ts. Memory does not grow
 * with the size of the files.
 * @throws Ep23Error from the iteration: those of `describeSource`, and SOURCE_INVALID (exit 65) with file, line or record,
 * and reason, for the first unusable record when there is no `onInvalid`.
 */
export function readSource(path: string, options: ReadSourceOptions = {}): SourceReading {
  const tally = emptyTally()
  return {tally, [Symbol.asyncIterator]: () => readFiles(path, options, tally)}
}

async function* readFiles(path: string, options: ReadSourceOptions, tally: SourceTally): AsyncGenerator<SourcePost[]> {
  const {sourceTimeZone, calendarTimeZone} = options
  const zones = {source: zoneOf(sourceTimeZone), calendar: zoneOf(calendarTimeZone)}
  for (const {file, format} of await filesToRead(path, options.format, tally))
    yield* readFile(new FileReading(file, tally, options.onInvalid), format, zones, options.signal)
}

function zoneOf(name: string | undefined): ZoneOffsets | undefined {
  return name === undefined ? undefined : new ZoneOffsets(name)
}

type FileToRead = Pick<SourceFile, 'file' | 'format'>

async function filesToRead(path: string, format: string | undefined, tally: SourceTally): Promise<FileToRead[]> {
  if (format !== undefined) return (await filesAt(path)).map(file => ({file, format}))
  const {files, ignored} = await describeSource(path)
  tally.ignoredFiles.push(...ignored)
  return files
}

async function* readFile(
  reading: FileReading,
  formatName: string,
  zones: SourceZones,
  signal: AbortSignal | undefined,
): AsyncGenerator<SourcePost[]> {
  const {tally} = reading
  const format = formatNamed(formatName)
  const reopen = (): AsyncGenerator<Buffer> => openBytes(reading.file, signal)
  const bytes = reopen()
  const naiveBefore = tally.naiveDates
  try {
    const window = await ByteWindow.open(bytes)
    yield* format.read({window, reading, zones, reopen})
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    reading.reject(error.place, error.reason, error.advice)
  } finally {
    if (tally.naiveDates > naiveBefore)
      tally.assumedClocks.add(zones.source?.zone ?? (format.clock === 'utc' ? 'UTC' : (zones.calendar?.zone ?? 'UTC')))
    await bytes.return(undefined)
  }
}

interface SourceFile {
  file: string
  format: string
  isGzip: boolean
}

interface SourceDescription {
  path: string
  /** What will be read, in this order. */
  files: SourceFile[]
  /** Files of a folder that are in none of the formats. */
  ignored: Array<{file: string; reason: Message}>
}

/**
 * Tells what a file, or each file of a folder (not of its subfolders), is. Reads no more than their beginnings.
 * @throws Ep23Error USAGE (exit 64) for a path that is not there, SOURCE_FORBIDDEN (77) for one that may not be read, and
 * SOURCE_UNRECOGNISED (65) when nothing in it is in a known format.
 */
export async function describeSource(path: string): Promise<SourceDescription> {
  const description: SourceDescription = {path, files: [], ignored: []}
  for (const file of await filesAt(path)) {
    const detection = await detectOrReason(file)
    if ('format' in detection) description.files.push({file, format: detection.format, isGzip: await isGzip(file)})
    else description.ignored.push({file, reason: detection.reason})
  }
  if (description.files.length === 0) throw unrecognised(description)
  return {...description, files: withFollowingPages(path, description.files)}
}

// Of an HTML export the first page may be named alone: it is one file to whoever exported it.
function withFollowingPages(path: string, files: SourceFile[]): SourceFile[] {
  const [first] = files
  if (first === undefined || first.file !== path || first.format !== telegramDesktopHtml.name) return files
  return [first, ...followingPages(path).map(file => ({...first, file}))]
}

async function detectOrReason(file: string): Promise<Detection> {
  try {
    return await detectFormat(file)
  } catch (error) {
    if (error instanceof FileProblem) return {reason: error.reason}
    throw error
  }
}

const MOST_NAMED = 5

function unrecognised({path, ignored}: SourceDescription): Ep23Error {
  const named = ignored
    .slice(0, MOST_NAMED)
    .map(({file, reason}) => (file === path ? reason : joined([file, reason], ': ')))
  const rest = ignored.length > MOST_NAMED ? [message('andMoreFiles', {files: ignored.length - MOST_NAMED})] : []
  const found = ignored.length === 0 ? message('folderEmpty') : joined([...named, ...rest], '; ')
  return badDataError('SOURCE_UNRECOGNISED', message('noPostsReadable', {path, found}), [
    message('formatsCommand'),
    message('desktopExport'),
  ])
}

/** A format, or the reason why there is none. */
type Detection = {format: string} | {reason: Message}

/** Tells a file's format from how its (unpacked) content begins. The file's name has no say. */
export async function detectFormat(path: string): Promise<Detection> {
  const head = await fileHead(path)
  const format = SOURCE_FORMATS.find(each => each.recognises(head))
  return format === undefined ? {reason: reasonOf(head)} : {format: format.name}
}

function reasonOf(head: FileHead): Message {
  const known = UNREAD_FORMATS.find(each => each.recognises(head))
  if (known) return joined([known.title, known.convert], '; ')
  if (head.text.trim() === '') return message('fileEmpty')
  if (head.json === undefined) return message('unknownFormat')
  const {first, chat, reason} = head.json
  if (reason !== undefined) return reason
  const keys = Object.keys(first ?? chat)
  if (keys.length === 0) return message('jsonWithoutPosts')
  return message('jsonOtherKeys', {keys: keys.slice(0, 10).join(', ')})
}
