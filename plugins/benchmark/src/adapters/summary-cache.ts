import {mkdir, readFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {crc32} from 'node:zlib'

import {writeFileAtomically} from '@ep23/sdk'

import type {DigestScores, RunSummary} from '../domain/view-summary.js'

/** What is remembered of a run's folder while its `run.json` stays as it is. */
interface Remembered {
  stamp: string
  summary: RunSummary
}

/** The first line of the cache; another one is of another ep23, and everything in it can be read again. */
const HEADER = JSON.stringify({cache: 'ep23 view', version: 7})

/**
 * Summaries by folder, in a file of a line each: folder, checksum, what the list of runs shows, the digests' numbers. A line is read when
 * its run is asked for, and its digests, which are most of it, when somebody looks at them: the list need not wait for them.
 */
export class SummaryCache {
  readonly #known = new Map<string, Remembered>()
  /** Ids, days and names come again in every run: one text each, however many runs there are. */
  readonly #texts = new Map<string, string>()

  private constructor(
    private readonly path: string,
    private readonly unread: Map<string, string>,
  ) {}

  static async open(path: string): Promise<SummaryCache> {
    const [header, ...lines] = await readFile(path, 'utf8').then(
      text => text.split('\n'),
      () => [],
    )
    const known = header === HEADER ? lines.filter(line => line !== '') : []
    return new SummaryCache(path, new Map(known.map(line => [line.slice(0, line.indexOf('\t')), line])))
  }

  get(folder: string): Remembered | undefined {
    const key = JSON.stringify(folder)
    const line = this.unread.get(key)
    if (line !== undefined) {
      this.unread.delete(key)
      const found = this.#parse(line)
      if (found) this.#known.set(folder, found)
    }
    return this.#known.get(folder)
  }

  set(folder: string, {stamp, summary}: Remembered): RunSummary {
    const shared = {...summary, digests: this.#shared(summary.digests)}
    this.#known.set(folder, {stamp, summary: shared})
    return shared
  }

  /** A folder that may not be written makes the next start slower, no more. */
  async write(): Promise<void> {
    await mkdir(dirname(this.path), {recursive: true}).catch(() => undefined)
    await writeFileAtomically(this.path, this.#lines()).catch(() => undefined)
  }

  async *#lines(): AsyncGenerator<string> {
    yield `${HEADER}\n`
    for (const line of this.unread.values()) yield `${line}\n`
    for (const [folder, {stamp, summary}] of this.#known) {
      const {digests, ...rest} = summary
      const content = `${JSON.stringify({stamp, ...rest})}\t${JSON.stringify(digests.map(rowOf))}`
      yield `${JSON.stringify(folder)}\t${crc32(content)}\t${content}\n`
    }
  }

  /** Undefined for a line that is not as it was written: its run can be read again. */
  #parse(line: string): Remembered | undefined {
    const [folder = '', sum = '', facts = '', rows = ''] = line.split('\t')
    if (crc32(line.slice(folder.length + sum.length + 2)) !== Number(sum)) return undefined
    const {stamp, ...rest} = JSON.parse(facts) as Omit<RunSummary, 'digests'> & {stamp: string}
    const read = (): DigestScores[] => this.#shared((JSON.parse(rows) as CachedRow[]).map(digestOf))
    return {stamp, summary: withDigests(rest, read)}
  }

  #shared(digests: readonly DigestScores[]): DigestScores[] {
    const one = <T extends string>(text: T): T => {
      const known = this.#texts.get(text)
      if (known === undefined) this.#texts.set(text, text)
      return (known ?? text) as T
    }
    return digests.map(({sample_id, channel, day, writer, origin, ...rest}) => ({
      ...{sample_id: one(sample_id), channel: one(channel), day: one(day), writer: one(writer), origin: one(origin)},
      ...rest,
    }))
  }
}

/** A summary whose digests are read when they are looked at, once; their text is let go of then. */
function withDigests(rest: Omit<RunSummary, 'digests'>, read: () => DigestScores[]): RunSummary {
  let digests = read
  return {
    ...rest,
    get digests() {
      const found = digests()
      digests = () => found
      return found
    },
  }
}

/** A digest without the names of its fields, which would be most of the file. */
type CachedRow = [
  index: number,
  sample_id: string,
  channel: string,
  day: string,
  origin: DigestScores['origin'],
  writer: string,
  anew: boolean,
  length: number,
  scores: DigestScores['scores'],
]

function rowOf({index, sample_id, channel, day, origin, writer, anew, length, scores}: DigestScores): CachedRow {
  return [index, sample_id, channel, day, origin, writer, anew, length, scores]
}

function digestOf([index, sample_id, channel, day, origin, writer, anew, length, scores]: CachedRow): DigestScores {
  return {index, sample_id, channel, day, origin, writer, anew, length, scores}
}
