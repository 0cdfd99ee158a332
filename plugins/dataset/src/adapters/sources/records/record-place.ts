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
