import type {InvalidRecord} from '../../domain/documents/invalid-record.js'
import type {SourcePost} from '../../domain/source-post.js'
import {emptyTally, type SourceTally} from '../../domain/source-tally.js'
import {ZoneOffsets} from '../../domain/zone-offsets.js'
import {ByteWindow} from './bytes/byte-window.js'
import {openBytes} from './bytes/open-bytes.js'
import {describeSource, type SourceFile} from './describe-source.js'
import {filesAt} from './files-at.js'
import {FileProblem} from './records/file-problem.js'
import {FileReading} from './records/file-reading.js'
import type {SourceZones} from './source-format.js'
import {formatNamed} from './source-formats.js'

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
