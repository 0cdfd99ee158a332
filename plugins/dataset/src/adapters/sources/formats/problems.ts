import type {Message} from '@ep23/sdk'
import {message} from '../../../words/words.js'
/** Thrown where a file cannot be read on: what came before holds, nothing after it can be told. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'

  constructor(
    readonly reason: Message,
    readonly place: RecordPlace = {raw: ''},
    /** What to do, where that is not to mend the file. */
    readonly advice?: Message,
  ) {
    super(reason.english)
  }
}

/** Where a record stands in its file, and how it begins there. */
export interface RecordPlace {
  line?: number
  record?: number
  raw: string
}

const MOST_RAW = 2000

/** The first 2,000 characters, never ending in half a surrogate pair. */
export function boundedRaw(text: string): string {
  return text.slice(0, MOST_RAW).toWellFormed()
}

/** The same of bytes that may be no UTF-8 at all: what is wrong shows as U+FFFD. */
export function boundedRawBytes(bytes: Buffer): string {
  return boundedRaw(bytes.toString('utf8', 0, MOST_RAW * 4))
}

/** Thrown where a record turns out to be unusable. The records after it are not in doubt. */
export class RecordProblem extends Error {
  override readonly name = 'RecordProblem'

  constructor(readonly reason: Message) {
    super(reason.english)
  }
}

/** For what is no channel. It shows nothing of the content, which is private. */
export function refusal(reason: Message): FileProblem {
  return new FileProblem(message('refused', {reason}), {raw: ''}, message('exportChannel'))
}
