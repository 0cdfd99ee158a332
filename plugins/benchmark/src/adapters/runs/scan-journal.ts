import {createReadStream} from 'node:fs'

const LINE_FEED = 10

export interface JournalPlace {
  offset: number
  bytes: number
  /** To be judged again. */
  retry: boolean
}

export interface ScannedJournal {
  /** Where each place's line stands; of two the later one counts. */
  places: Map<number, JournalPlace>
  /** After the last whole line. */
  end: number
}

/** Finds the lines of a journal; the text after the last line feed is what a death left unfinished. */
export async function scanJournal(path: string): Promise<ScannedJournal> {
  const places: ScannedJournal['places'] = new Map()
  let end = 0
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let at = rest.indexOf(LINE_FEED); at >= 0; at = rest.indexOf(LINE_FEED, start)) {
      const {place, retry} = headOf(rest.subarray(start, at))
      places.set(place, {offset: end, bytes: at - start, retry})
      end += at - start + 1
      start = at + 1
    }
    rest = rest.subarray(start)
  }
  return {places, end}
}

// `{"place":12,"retry":false,` begins every line, so that the whole need not be parsed.
function headOf(line: Buffer): {place: number; retry: boolean} {
  const head = /^\{"place":(\d+),"retry":(true|false),/u.exec(line.toString('latin1', 0, 60))
  return {place: Number(head?.[1] ?? Number.NaN), retry: head?.[2] === 'true'}
}
