import type {SourcePost, SourceTally} from '../../../domain/posts.js'
import type {ZoneOffsets} from '../../../domain/zone-offsets.js'
import type {ByteWindow} from '../byte-window.js'
import type {FileHead} from '../file-head.js'
import type {FileReading} from './map-records.js'
import type {NaiveDates} from './post-date.js'
import type {Message} from '@ep23/sdk'

/** The zones in which dates that say nothing of their offset are read. */
export interface SourceZones {
  /** What the user says of the source: it holds for every such date. */
  source?: ZoneOffsets | undefined
  /** The zone of the dataset's days: what local clocks are taken to show when nothing is said. */
  calendar?: ZoneOffsets | undefined
}

export interface SourceInput {
  window: ByteWindow
  reading: FileReading
  zones: SourceZones
  /** The bytes of the file from its beginning, for a second look. */
  reopen: () => AsyncIterable<Uint8Array>
}

/** What dates without an offset are in a format: UTC, as Telegram's API gives them, or the clock of some machine. */
export type FormatClock = 'utc' | 'local'

/** One way in which posts come in files. */
export interface SourceFormat {
  name: string
  /** As it ends the sentence "Give a file that is …". */
  title: Message
  /** How a file begins, or one of its records. */
  example: string
  clock: FormatClock
  /** Tells by how a file begins whether it is in this format; the first in the list that says so has it. */
  recognises(head: FileHead): boolean
  /** Posts in the order of the file, in batches. */
  read(input: SourceInput): AsyncIterable<SourcePost[]>
}

/** How dates without an offset are read in a file of this clock; what is assumed is counted in the tally. */
export function naiveDates(clock: FormatClock, {source, calendar}: SourceZones, tally: SourceTally): NaiveDates {
  return {clock: source ?? (clock === 'utc' ? 'utc' : calendar), calendar: source ?? calendar, assumed: tally}
}
