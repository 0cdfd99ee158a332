import type {InvalidRecord} from '../../domain/documents/invalid-record.js'
import type {SourcePost} from '../../domain/source-post.js'
import {ZoneOffsets} from '../../domain/zone-offsets.js'
import {ByteWindow} from './bytes/byte-window.js'
import {openBytes} from './bytes/open-bytes.js'
import {describeSource, type SourceFile} from './describe-source.js'
import {filesAt} from './files-at.js'
import {FileProblem} from './records/file-problem.js'
import {FileReading} from './records/file-reading.js'
import {emptyTally, type SourceTally} from './records/source-tally.js'
import type {SourceFormatName} from './source-format.js'
import {formatNamed} from './source-formats.js'

export interface ReadSourceOptions {
  /** Looked at before each piece of a file; the iteration ends with its reason. */
  signal?: AbortSignal
  /** Called, in the order of the files, for what cannot be used. Without it the first such record is an error. */
  onInvalid?: (invalid: InvalidRecord) => void
  /** Takes every file for this format instead of looking. */
  format?: SourceFormatName
  /** IANA zone of dates without an offset. Else they are UTC in what comes from Telegram's API, and invalid elsewhere. */
  naiveTimeZone?: string
}

/** Posts of a source in batches, in the order of its files, to be gone through once; `tally` counts along. */
export interface SourceReading extends AsyncIterable<SourcePost[]> {
  readonly tally: SourceTally
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
  for (const {file, format} of await filesToRead(path, options.format))
    yield* readFile(new FileReading(file, tally, options.onInvalid), format, options)
}

type FileToRead = Pick<SourceFile, 'file' | 'format'>

async function filesToRead(path: string, format?: SourceFormatName): Promise<FileToRead[]> {
  if (format === undefined) return (await describeSource(path)).files
  return (await filesAt(path)).map(file => ({file, format}))
}

async function* readFile(
  reading: FileReading,
  format: SourceFormatName,
  {signal, naiveTimeZone}: ReadSourceOptions,
): AsyncGenerator<SourcePost[]> {
  const zone = naiveTimeZone === undefined ? undefined : new ZoneOffsets(naiveTimeZone)
  const reopen = (): AsyncGenerator<Buffer> => openBytes(reading.file, signal)
  const bytes = reopen()
  try {
    const window = await ByteWindow.open(bytes)
    yield* formatNamed(format).read({window, reading, zone, reopen})
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    reading.reject(error.place, error.reason, error.advice)
  } finally {
    await bytes.return(undefined)
  }
}
