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
  /** Chats of an account's export that are no channels; their messages were not looked at. */
  skippedChats: SkippedChat[]
}

export function emptyTally(): SourceTally {
  return {posts: 0, withoutText: 0, service: 0, invalid: 0, skippedChats: []}
}
