/** A chat of an export that was left out because it is not a channel. */
export interface SkippedChat {
  name: string
  type: string
}

/** What was met while reading. */
export interface SourceTally {
  posts: number
  /** Posts of media alone. */
  withoutText: number
  /** Messages that are no posts: pins, renamings, what the exporting client did not understand. */
  service: number
  /** Records, and ends of files, that were handed to `onInvalid`. */
  invalid: number
  /** The first of them, with its place. */
  firstInvalid?: string
  /** Chats of an account's export that are no channels; their messages were not looked at. */
  skippedChats: SkippedChat[]
  /** Files of a folder that are in none of the formats, with the reason. */
  ignoredFiles: Array<{file: string; reason: string}>
  /** Posts whose id was made from what they say, because the source has none. */
  madeIds: number
  /** Dates without an offset, read in the clock of `assumedClocks`; dates without a time, taken for the beginning of the day. */
  naiveDates: number
  datesWithoutTime: number
  /** `UTC` or zones. */
  assumedClocks: Set<string>
}

export function emptyTally(): SourceTally {
  return {
    ...{posts: 0, withoutText: 0, service: 0, invalid: 0, madeIds: 0, naiveDates: 0, datesWithoutTime: 0},
    skippedChats: [],
    ignoredFiles: [],
    assumedClocks: new Set(),
  }
}
