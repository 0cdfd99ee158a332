/** A record longer than this is not a post: the limit keeps a missing quote from drawing a whole file into memory. */
export const MOST_RECORD_BYTES = 16 * 1024 * 1024
