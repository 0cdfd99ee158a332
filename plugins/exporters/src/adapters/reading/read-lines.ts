import {badDataError} from '@ep23/sdk'

const LINE_FEED = 0x0a
/** A document has at most 16 MiB; escapes make a line up to six times as long. */
const MOST_LINE_BYTES = 128 * 1024 * 1024

/**
 * Cuts bytes into lines at U+000A and nowhere else (U+2028 and U+0085 are data), in batches as they arrive. A last line
 * without line feed counts; an empty rest does not.
 * @param keepFeeds leaves the line feeds on, so that the lines are all of the bytes
 * @throws Ep23Error EXPORT_LINE_TOO_LONG (65)
 */
export async function* linesOf(bytes: AsyncIterable<Buffer>, keepFeeds = false): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of bytes) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const piece = chunk.subarray(start, keepFeeds ? end + 1 : end)
      lines.push(rest.length > 0 ? Buffer.concat([...rest, piece]) : piece)
      rest = []
      restBytes = 0
      start = end + 1
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
    restBytes += chunk.length - start
    if (restBytes > MOST_LINE_BYTES) throw tooLong()
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [Buffer.concat(rest)]
}

function tooLong(): Error {
  return badDataError(
    'EXPORT_LINE_TOO_LONG',
    `a line is longer than ${MOST_LINE_BYTES} bytes: this is no file of records`,
  )
}
