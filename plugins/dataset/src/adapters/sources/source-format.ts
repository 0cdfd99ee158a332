import type {SourcePost} from '../../domain/source-post.js'
import type {ZoneOffsets} from '../../domain/zone-offsets.js'
import type {ByteWindow} from './bytes/byte-window.js'
import type {FileReading} from './records/file-reading.js'

export type SourceFormatName = 'telegram-desktop' | 'telethon' | 'mtproto' | 'web-preview' | 'jsonl' | 'csv'

export interface SourceInput {
  /** The file's bytes, unpacked, after a byte order mark. */
  window: ByteWindow
  reading: FileReading
  /** The zone of dates without an offset, where a format does not settle it. */
  zone: ZoneOffsets | undefined
  /** The same bytes once more from the beginning. */
  reopen: () => AsyncIterable<Uint8Array>
}

/** One way in which posts come in files. */
export interface SourceFormat {
  name: SourceFormatName
  /** For people, as in "a Telegram Desktop export". */
  title: string
  /** Yields posts in batches, in the order of the file. Throws a FileProblem where the file cannot be read on. */
  read(input: SourceInput): AsyncGenerator<SourcePost[]>
}
