import {createReadStream} from 'node:fs'

import {JournalPlaces} from './journal-places.js'

const LINE_FEED = 10

export interface ScannedJournal {
  places: JournalPlaces
  /** After the last whole line. */
  end: number
}

/** Finds the lines of a journal; the text after the last line feed is what a death left unfinished. */
export async function scanJournal(path: string): Promise<ScannedJournal> {
  const places = new JournalPlaces()
  let end = 0
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let at = rest.indexOf(LINE_FEED); at >= 0; at = rest.indexOf(LINE_FEED, start)) {
      const head = headOf(rest.subarray(start, at))
      if (head) places.set(head.place, {offset: end, bytes: at - start, retry: head.retry})
      end += at - start + 1
      start = at + 1
    }
    rest = rest.subarray(start)
  }
  return {places, end}
}

// `{"place":12,"retry":false,` begins every line, so that the whole need not be parsed; what begins otherwise is no entry.
function headOf(line: Buffer): {place: number; retry: boolean} | undefined {
  const head = /^\{"place":(\d{1,9}),"retry":(true|false),/u.exec(line.toString('latin1', 0, 60))
  return head ? {place: Number(head[1]), retry: head[2] === 'true'} : undefined
}
